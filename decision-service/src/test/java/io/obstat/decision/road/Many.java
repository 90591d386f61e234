package io.obstat.decision.road;

import io.obstat.contracts.ActionId;
import java.sql.SQLException;

/** Many pending approvals, as copies of one: with ids of their own and a day more to decide them. */
public final class Many {

    private Many() {}

    /** Copies expire one second after the other, from a day after the original on. */
    public static void copies(ActionId of, int count) throws SQLException {
        Database.execute("""
                insert into decision.approvals (action_id, version, state, document, agent, asked, opened_at, expires_at, changed_at, asked_groups)
                select copy.id, version, state, replace(document, action_id, copy.id), agent, asked, opened_at,
                       expires_at + interval '1 day' + copy.n * interval '1 second', changed_at, asked_groups
                from decision.approvals, lateral (
                    select n, '%s' || translate(lpad(n::text, 8, '0'), '0189', 'abcd') as id from generate_series(1, %d) as n) as copy
                where action_id = '%s'""".formatted(prefix(of), count, of));
    }

    public static void remove(ActionId copied) throws SQLException {
        Database.execute("delete from decision.approvals where " + copiesOf(copied));
    }

    /** What is true of the rows that are copies of this one, in SQL. */
    static String copiesOf(ActionId copied) {
        return "action_id like '%s%%' and action_id <> '%s'".formatted(prefix(copied), copied);
    }

    private static String prefix(ActionId id) {
        return id.value().substring(0, id.value().length() - 8);
    }
}

package io.obstat.decision.postgres;

import io.obstat.contracts.Reviewer;
import io.obstat.contracts.json.Json;
import io.obstat.decision.reactive.Figures;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Figures} from {@code decision.votes}, {@code decision.asked} and the directory. */
@ApplicationScoped
class PostgresFigures implements Figures {

    private static final String COLUMNS = """
            select min(person), (array_agg(reviewer order by voted_at desc))[1], count(*),
                   count(*) filter (where verb = 'approve'), count(*) filter (where verb = 'reject'), count(*) filter (where decisive),
                   cast(percentile_disc(0.5) within group (order by extract(epoch from voted_at - opened_at)) as double precision),
                   cast(percentile_disc(0.9) within group (order by extract(epoch from voted_at - opened_at)) as double precision)
            from decision.votes
            """;

    private static final String SINCE =
            COLUMNS + "where voted_at >= ?1 group by person order by count(*) desc, person limit ?2";

    static final String OWN = COLUMNS + """
            where voter = any (array(select json_array_elements_text(cast(cast(?2 as text) as json)))) and voted_at >= ?1
            having count(*) > 0""";

    private static final String ASKED = """
            select distinct membership.member_id
            from decision.groups as their_group
            join decision.memberships as membership on membership.group_id = their_group.id
            join decision.members as member on member.id = membership.member_id
            where member.active
              and exists (select from decision.asked where asked.group_name = their_group.name and asked.expires_at > ?1)
            order by membership.member_id limit ?2""";

    private static final String PENDING = """
            select (select count(distinct asked.action_id)
                    from decision.asked join json_array_elements_text(mine.groups) as name on asked.group_name = name
                    where asked.expires_at > ?2)
            from json_array_elements(cast(cast(?1 as text) as json)) with ordinality as mine (groups, place)
            order by mine.place""";

    private final Transactions transactions;

    PostgresFigures(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Uni<List<Figure>> since(Instant since) {
        return transactions
                .runOne(session -> session.createNativeQuery(SINCE, Tuple.class)
                        .setParameter(1, since)
                        .setParameter(2, MOST)
                        .getResultList())
                .map(rows -> rows.stream().map(PostgresFigures::figure).toList());
    }

    @Override
    public Uni<Optional<Figure>> own(Instant since, Set<String> keys) {
        return transactions
                .runOne(session -> session.createNativeQuery(OWN, Tuple.class)
                        .setParameter(1, since)
                        .setParameter(2, json(keys))
                        .getSingleResultOrNull())
                .map(row -> Optional.ofNullable(row).map(PostgresFigures::figure));
    }

    @Override
    public Uni<List<String>> asked(Instant at) {
        return transactions.runOne(session -> session.createNativeQuery(ASKED, String.class)
                .setParameter(1, at)
                .setParameter(2, MOST)
                .getResultList());
    }

    @Override
    public Uni<List<Long>> pending(List<Set<String>> groups, Instant at) {
        // Most reviewers are in the same groups as some others.
        List<Set<String>> distinct = groups.stream().distinct().toList();
        return transactions
                .runOne(session -> session.createNativeQuery(PENDING, Long.class)
                        .setParameter(1, json(distinct))
                        .setParameter(2, at)
                        .getResultList())
                .map(counts -> {
                    Map<Set<String>, Long> each = new HashMap<>();
                    for (int i = 0; i < distinct.size(); i++) {
                        each.put(distinct.get(i), counts.get(i));
                    }
                    return groups.stream().map(each::get).toList();
                });
    }

    private static Figure figure(Tuple row) {
        byte[] reviewer = row.get(1, String.class).getBytes(StandardCharsets.UTF_8);
        return new Figure(
                row.get(0, String.class),
                Json.readEvent(reviewer, Reviewer.class),
                row.get(2, Long.class),
                row.get(3, Long.class),
                row.get(4, Long.class),
                row.get(5, Long.class),
                seconds(row.get(6, Double.class)),
                seconds(row.get(7, Double.class)));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private static String json(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }
}

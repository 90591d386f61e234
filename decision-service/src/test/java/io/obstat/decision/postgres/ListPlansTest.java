package io.obstat.decision.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.decision.Examples;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL does for the lists when 100,000 approvals are pending, of which 20 are of a group that is asked for nothing else. */
class ListPlansTest {

    private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
    private static final int ASKED_GROUPS = 3;
    private static final int PENDING = 100_000;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void fill() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema decision");
        }
        migrate(1, ASKED_GROUPS - 1);
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into decision.approvals (action_id, version, state, document, asked, expires_at, changed_at)
                        values ('act_' || repeat('z', 26), 0, 'pending', ?, true, now() + interval '1 day', now())""")) {
            insert.setString(1, document());
            insert.execute();
        }
        migrate(ASKED_GROUPS, Integer.MAX_VALUE);
        try (Connection connection = connect();
                Statement fill = connection.createStatement()) {
            fill.execute("""
                    insert into decision.approvals (action_id, version, state, document, asked, expires_at, decided_at, changed_at, asked_groups, agent, opened_at)
                    select 'act_' || translate(lpad(n::text, 26, 'a'), '0189', 'bcde'), 0,
                           case when n <= %1$d then 'pending' else 'allowed' end, document, true,
                           now() + n * interval '1 second', case when n <= %1$d then null else now() end, now(),
                           case when n > %1$d then '{}' when n %% (%1$d / 20) = 0 then '{few}' else '{crowd, night}'::text[] end,
                           'agent-' || n %% 100, now() - n * interval '1 second'
                    from decision.approvals, generate_series(1, %1$d + 1000) as n""".formatted(PENDING));
            fill.execute("""
                    insert into decision.votes (action_id, review_id, person, reviewer, verb, opened_at, voted_at, decisive, voter)
                    select 'act_' || n, 'r', 'p' || n %% 1000, '{}', 'approve', now(), now() - n * interval '1 second', true, 'p' || n %% 1000
                    from generate_series(1, 50000) as n""".replace("%%", "%"));
            fill.execute("analyze");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    void shouldAskTheGroupsOfWhatWaitedBeforeTheyHadAColumn() throws SQLException {
        assertThat(
                        query(
                                "select asked_groups::text from decision.approvals where action_id = 'act_' || repeat('z', 26)"))
                .containsExactly("{data-governance,oncall}");
        assertThat(query("select group_name from decision.asked where action_id = 'act_' || repeat('z', 26)"))
                .containsExactlyInAnyOrder("data-governance", "oncall");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[\"few\"]", "[\"nobody asks them\"]", "[\"crowd\", \"night\", \"few\", \"platform\"]", "[]"})
    void shouldFindWhatWaitsForAPersonByTheirGroups(String groups) throws SQLException {
        assertThat(plans(PostgresApprovals.WAITING, "now() + interval '12 hours', '', 101, '%s'".formatted(groups)))
                .allSatisfy(plan -> assertThat(plan)
                        .contains(
                                "Index Only Scan using asked_pkey on asked",
                                "Index Cond: ((group_name = mine.group_name) AND (ROW(expires_at, action_id) >",
                                "Index Scan using approvals_pkey on approvals")
                        .doesNotContain("Seq Scan"));
    }

    @Test
    void shouldBeginAPageWhereTheOneBeforeEnded() throws SQLException {
        assertThat(plans(PostgresApprovals.PENDING, "now() + interval '12 hours', 'act_', 101"))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using approvals_pending", "Index Cond: (ROW(expires_at, action_id) >")
                        .doesNotContain("Seq Scan", "Sort", "Filter"));
        assertThat(plans(PostgresApprovals.DECIDED, "now(), 'act_', 101"))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using approvals_decided", "Index Cond: (ROW(decided_at, action_id) <")
                        .doesNotContain("Seq Scan", "Sort", "Filter"));
    }

    @Test
    void shouldFindTheLatestOfAnAgentWithoutALookAtTheOthers() throws SQLException {
        assertThat(plans(PostgresApprovals.LATEST_OF_AGENT, "'agent-7'"))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("Index Scan using approvals_of_agent")
                        .doesNotContain("Seq Scan", "Sort"));
    }

    @Test
    void shouldCountWhatOnePersonSaidWithoutALookAtWhatOthersSaid() throws SQLException {
        assertThat(plans(PostgresFigures.OWN, "now() - interval '30 days', '[\"p7\", \"t1/u7\"]'"))
                .allSatisfy(plan -> assertThat(plan)
                        .contains("votes_of_voter", "Index Cond: ((voter = ANY", "AND (voted_at >= ")
                        .doesNotContain("Seq Scan"));
    }

    /** Prepared, once for the values at hand and once for any, since PostgreSQL changes from one to the other as it likes. */
    private static List<String> plans(String sql, String arguments) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("prepare listing as " + sql.replace('?', '$'));
            var plans = new ArrayList<String>();
            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                statement.execute("set plan_cache_mode = " + mode);
                plans.add(String.join("\n", query(statement, "explain execute listing(%s)".formatted(arguments))));
            }
            return plans;
        }
    }

    private static List<String> query(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            return query(statement, sql);
        }
    }

    private static List<String> query(Statement statement, String sql) throws SQLException {
        var rows = new ArrayList<String>();
        try (ResultSet found = statement.executeQuery(sql)) {
            while (found.next()) {
                rows.add(found.getString(1));
            }
        }
        return rows;
    }

    private static Connection connect() throws SQLException {
        return postgres.getPostgresDatabase().getConnection();
    }

    private static void migrate(int first, int last) throws SQLException, IOException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                Stream<Path> files = Files.list(MIGRATIONS)) {
            List<Path> inOrder = files.filter(file -> version(file) >= first && version(file) <= last)
                    .sorted(Comparator.comparing(ListPlansTest::version))
                    .toList();
            for (Path file : inOrder) {
                statement.execute(Files.readString(file));
            }
        }
    }

    private static int version(Path migration) {
        return Integer.parseInt(migration.getFileName().toString().replaceFirst("V(\\d+)__.*", "$1"));
    }

    private static String document() {
        var verdict = Examples.required(
                Examples.request("first"),
                Duration.ofDays(1),
                new Slot("oncall", 1),
                new Slot("data-governance", 1),
                new Slot("oncall", 1));
        return StateJson.write(Examples.pending(verdict, Examples.NOON));
    }
}

package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.EventId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Requirement.Limits;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalEscalated;
import io.obstat.contracts.event.ApprovalOpened;
import io.obstat.contracts.event.ApprovalReminded;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.NobodyReached;
import io.obstat.contracts.event.NotificationFailed;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the core is told of the world around an action comes from the real tables and topics, and comes in time. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class CircumstancesTest {

    private static final List<Slot> GOVERNANCE = List.of(new Slot("data-governance", 1));
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    @Inject
    Road road;

    Tokens tokens;

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldFoldARequestIntoAnIdenticalOneThatWaits() {
        // Given
        AgentId agent = anAgent();
        ActionId first = asked(agent, "same", null);

        // When
        ActionId second = asked(agent, "same", null);

        // Then
        Decision decision = decisionOf(second);
        assertThat(decision.outcome()).isEqualTo(Outcome.SUPERSEDED);
        assertThat(decision.supersededBy()).isEqualTo(first);
        assertThat(road.facts(second, ApprovalOpened.class)).isEmpty();
    }

    @Test
    void shouldNotFoldIntoOneWhoseTimeIsUp() throws SQLException {
        // Given one that the sweep has not come by yet
        AgentId agent = anAgent();
        ActionId first = asked(agent, "late", null);
        Database.execute("update decision.approvals set due_at = null, expires_at = now() - interval '1 second'"
                + " where action_id = '%s'".formatted(first));

        // When
        ActionId second = asked(agent, "late", new Limits(1, null));

        // Then it is asked anew, and the dead one does not count as waiting either
        assertThat(road.facts(second, ApprovalOpened.class)).hasSize(1);
        Database.execute("delete from decision.approvals where action_id = '%s'".formatted(first));
    }

    @Test
    void shouldAskPeopleNoMoreThanPolicyAllows() {
        // Given
        AgentId agent = anAgent();
        asked(agent, "one", new Limits(1, null));

        // When
        ActionId second = asked(agent, "two", new Limits(1, null));
        ActionId anothers = asked(anAgent(), "two", new Limits(1, null));

        // Then
        assertThat(decisionOf(second).reason()).contains("1 of your requests wait");
        assertThat(decisionOf(second).outcome()).isEqualTo(Outcome.DENIED);
        assertThat(road.facts(anothers, ApprovalOpened.class)).hasSize(1);
    }

    @Test
    void shouldLetAnAgentCoolDownAfterANo() {
        // Given
        AgentId agent = anAgent();
        var limits = new Limits(100, Duration.ofHours(1));
        ActionRequested rejected = request(agent, "no");
        open(rejected, limits);
        Door.reject(tokens.person("ann", "data-governance"), rejected.actionId(), rejected.digest(), "not this");

        // When it asks for other inputs on the same resource
        ActionId again = asked(agent, "again", limits);

        // Then
        Decision told = decisionOf(rejected.actionId());
        assertThat(told.retryNotBefore()).isEqualTo(told.decidedAt().plus(Duration.ofHours(1)));
        assertThat(decisionOf(again).outcome()).isEqualTo(Outcome.DENIED);
        // PostgreSQL keeps microseconds
        assertThat(decisionOf(again).retryNotBefore()).isCloseTo(told.retryNotBefore(), within(1, ChronoUnit.MICROS));
    }

    @Test
    void shouldRaiseThatNobodyCouldBeTold() {
        // Given
        ActionRequested request = request(anAgent(), "unreached");
        road.verdict(Examples.required(request, Duration.ofSeconds(30), GOVERNANCE.getFirst()))
                .join();

        // When
        var failed = new NotificationFailed(
                request.actionId(),
                new EventId("cause"),
                "approval.required",
                "webhook",
                "all",
                8,
                "503",
                Instant.now());
        road.event("notifications", ServiceName.NOTIFIER, failed).join();

        // Then
        await().untilAsserted(() ->
                assertThat(road.facts(request.actionId(), NobodyReached.class)).hasSize(1));
        assertThat(road.facts(request.actionId(), Decision.class)).isEmpty();
    }

    @Test
    void shouldRemindAndEscalateOfItself() {
        // Given
        ActionRequested request = request(anAgent(), "slow");
        var requirement = new Requirement(
                GOVERNANCE,
                HALF_AN_HOUR,
                1,
                null,
                List.of(),
                List.of(Duration.ofSeconds(1)),
                List.of(new Escalation("managers", Duration.ofSeconds(1))),
                null,
                null);

        // When
        road.verdict(new ApprovalRequired(request, Examples.allowed(request).assessment(), requirement))
                .join();

        // Then
        await().untilAsserted(() -> {
            assertThat(road.facts(request.actionId(), ApprovalReminded.class)).hasSize(1);
            assertThat(road.facts(request.actionId(), ApprovalEscalated.class))
                    .extracting(ApprovalEscalated::group)
                    .containsExactly("managers");
        });
    }

    /** By whatever name they come: they broke it in a chat, where the directory knows them by another key. */
    @Test
    void shouldLetNobodyBreakTheGlassWhoOwesSignatures() throws SQLException {
        // Given
        String chat = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        String subject = "lead-" + chat;
        member(subject, "T1/" + chat);
        oweSignatures(chat);

        // When
        ActionRequested second = request(anAgent(), "second");
        openGlass(second);
        var said = Door.review(
                tokens.person(subject, "incident-leads"),
                second.actionId(),
                Map.of("verb", "break-glass", "digest", second.digest().value(), "reason", "again"));

        // Then
        Door.assertRefused(said, 403, "overdue");
        Database.awaitPublished(second.actionId());
        assertThat(road.facts(second.actionId(), ReviewRefused.class))
                .extracting(ReviewRefused::cause)
                .containsExactly(ReviewRefused.Cause.OVERDUE);
    }

    @Test
    void shouldLetNobodyBreakTheGlassBeforeTheVerdictWhoOwesSignatures() throws SQLException {
        // Given
        String chat = UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        member("lead-" + chat, "T1/" + chat);
        oweSignatures(chat);

        // When their next one overtakes the verdict
        ActionRequested second = request(anAgent(), "second");
        road.event("reviews", ServiceName.NOTIFIER, new ReviewSubmitted(second.actionId(), broken(second, chat)))
                .join();
        openGlass(second);

        // Then
        Database.awaitPublished(second.actionId());
        assertThat(road.facts(second.actionId(), Decision.class)).isEmpty();
        assertThat(road.facts(second.actionId(), ReviewRefused.class))
                .extracting(ReviewRefused::cause)
                .containsExactly(ReviewRefused.Cause.OVERDUE);
    }

    /** This person has broken the glass, and nobody has signed for it in time. */
    private void oweSignatures(String chat) throws SQLException {
        ActionRequested first = request(anAgent(), "first");
        openGlass(first);
        road.event("reviews", ServiceName.NOTIFIER, new ReviewSubmitted(first.actionId(), broken(first, chat)))
                .join();
        assertThat(decisionOf(first.actionId()).outcome()).isEqualTo(Outcome.ALLOWED);
        Database.execute(
                "update decision.approvals set glass_due_at = now() - interval '1 second' where action_id = '%s'"
                        .formatted(first.actionId()));
    }

    private void openGlass(ActionRequested request) {
        var requirement = new Requirement(
                GOVERNANCE,
                HALF_AN_HOUR,
                1,
                null,
                List.of(),
                List.of(),
                List.of(),
                new BreakGlass("incident-leads", new Slot("sre", 1), Duration.ofHours(1)),
                null);
        road.verdict(new ApprovalRequired(request, Examples.allowed(request).assessment(), requirement))
                .join();
    }

    private static Review broken(ActionRequested request, String user) {
        var reviewer = new Reviewer(new Person(user, null), List.of("incident-leads"), Identification.CHAT, "slack:T1");
        return new Review(
                ReviewId.derive(request.actionId().value(), user),
                request.digest(),
                reviewer,
                Review.Verb.BREAK_GLASS,
                "prod is down",
                Instant.now());
    }

    /** Somebody in the directory with a subject and a Slack user. */
    private static void member(String subject, String slack) throws SQLException {
        Database.execute("""
                insert into decision.members (id, source, active, deleted, created_at, changed_at)
                    values ('%1$s', 'scim', true, false, now(), now());
                insert into decision.identities (channel, value, member_id) values ('OIDC', '%1$s', '%1$s'), ('SLACK', '%2$s', '%1$s');
                insert into decision.groups (id, source, name, created_at, changed_at)
                    values ('%1$s-leads', 'scim', 'incident-leads', now(), now())
                    on conflict (source, name) do nothing;
                insert into decision.memberships (group_id, member_id)
                    select id, '%1$s' from decision.groups where source = 'scim' and name = 'incident-leads';
                update decision.directory_version set version = version + 1""".formatted(subject, slack));
    }

    private ActionId asked(AgentId agent, String what, @Nullable Limits limits) {
        ActionRequested request = request(agent, what);
        open(request, limits);
        Database.awaitPublished(request.actionId());
        return request.actionId();
    }

    private void open(ActionRequested request, @Nullable Limits limits) {
        var requirement =
                new Requirement(GOVERNANCE, HALF_AN_HOUR, 1, null, List.of(), List.of(), List.of(), null, limits);
        road.verdict(new ApprovalRequired(request, Examples.allowed(request).assessment(), requirement))
                .join();
    }

    private Decision decisionOf(ActionId id) {
        Database.awaitPublished(id);
        return road.facts(id, Decision.class).getFirst();
    }

    /** Each is an action of its own; the same {@code what} of one agent is the same thing to do. */
    private static ActionRequested request(AgentId agent, String what) {
        ActionRequested same = Examples.request(what, agent, Examples.OWNER, null, Instant.now(), null);
        return new ActionRequested(
                ActionId.derive(agent, UUID.randomUUID().toString()),
                same.digest(),
                same.action(),
                same.verified(),
                same.claimed(),
                same.requestedAt(),
                null);
    }

    private static AgentId anAgent() {
        return new AgentId("agent-" + UUID.randomUUID());
    }
}

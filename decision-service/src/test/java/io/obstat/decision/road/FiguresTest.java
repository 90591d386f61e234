package io.obstat.decision.road;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Review;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.Reviewer;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ReviewSubmitted;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How people review, in figures. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class FiguresTest {

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    private final String group = "group-" + UUID.randomUUID();
    private final String ann = "ann-" + UUID.randomUUID();

    @Test
    void shouldCountVotesByTheirTimeAndOutcome() throws SQLException {
        // Given three votes, cast 2, 10 and 600 seconds after the opening, one of them not decisive
        String token = tokens.person(ann, group);
        ActionRequested two = Asked.pending(road, new Slot(group, 2));
        ActionRequested one = Asked.pending(road, new Slot(group, 1));
        ActionRequested no = Asked.pending(road, new Slot(group, 1));
        Asked.pending(road, new Slot(group, 1));
        Door.approve(token, two.actionId(), two.digest());
        Door.approve(token, two.actionId(), two.digest());
        Door.approve(token, one.actionId(), one.digest());
        Door.reject(token, no.actionId(), no.digest(), "no");
        took(two, 2);
        took(one, 10);
        took(no, 600);

        // When
        Response mine = figures(token, "/me", Map.of());
        Response all = figures(tokens.person("boss", "obstat-admins"), "", Map.of());
        Response later = figures(token, "/me", Map.of("since", Instant.now().toString()));

        // Then
        assertThat(mine.statusCode()).as(mine.asString()).isEqualTo(200);
        assertThat(mine.<String>path("person.subject")).isEqualTo(ann);
        assertThat(mine.<Integer>path("votes"))
                .as("what was refused is no vote")
                .isEqualTo(3);
        assertThat(mine.<Integer>path("approvals")).isEqualTo(2);
        assertThat(mine.<Integer>path("rejections")).isEqualTo(1);
        assertThat(mine.<Float>path("approvalRate")).isBetween(0.66f, 0.67f);
        assertThat(mine.<Float>path("medianSeconds")).isEqualTo(10.0f);
        assertThat(mine.<Float>path("p90Seconds")).isEqualTo(600.0f);
        assertThat(mine.<Integer>path("decided")).isEqualTo(2);
        assertThat(mine.<Integer>path("pending"))
                .as("one that nobody has voted on, and one that wants another")
                .isEqualTo(2);
        assertThat(all.<Map<String, Object>>path("reviewers.find { it.person.subject == '%s' }".formatted(ann)))
                .isEqualTo(mine.<Map<String, Object>>path(""));
        assertThat(later.<Integer>path("votes")).isZero();
        assertThat(later.<Object>path("medianSeconds")).isNull();
        assertThat(later.<Integer>path("pending")).isEqualTo(2);
    }

    @Test
    void shouldShowNobodysFiguresToWhoeverHasTheirAddressInTheToken() {
        // Given
        ActionRequested request = Asked.pending(road, new Slot(group, 1));
        Door.approve(tokens.person(ann, group), request.actionId(), request.digest());

        // When
        Response hers = figures(tokens.person(ann, group), "/me", Map.of());
        Response moved = figures(tokens.personWithAddress(ann, "ann@elsewhere.example.com", group), "/me", Map.of());
        Response anothers = figures(
                tokens.personWithAddress("mallory-" + UUID.randomUUID(), ann + "@example.com"), "/me", Map.of());

        // Then
        assertThat(hers.<Integer>path("votes")).isEqualTo(1);
        assertThat(anothers.statusCode()).isEqualTo(200);
        assertThat(anothers.<Integer>path("votes")).isZero();
        assertThat(moved.<Integer>path("votes"))
                .as("who they are goes by their subject")
                .isEqualTo(1);
    }

    @Test
    void shouldShowNobodyTheFiguresOfWhoeverSharesTheirAddress() throws SQLException {
        // Given two of the directory with one address, of whom one has voted
        String ben = "ben-" + UUID.randomUUID();
        String team = "team@%s.com".formatted(group);
        enrol(ann, "U" + UUID.randomUUID());
        enrol(ben, "U" + UUID.randomUUID());
        Database.execute("""
                insert into decision.identities (member_id, channel, value)
                values ('m-%s', 'EMAIL', '%s'), ('m-%s', 'EMAIL', '%2$s');
                update decision.directory_version set version = version + 1""".formatted(ann, team, ben));
        ActionRequested request = Asked.pending(road, new Slot(group, 1));
        Door.approve(tokens.person(ben), request.actionId(), request.digest());

        // When
        Response bySharing = figures(tokens.person(ann), "/me", Map.of());
        Response byAddress = figures(tokens.person(team), "/me", Map.of());
        Response own = figures(tokens.person(ben), "/me", Map.of());

        // Then
        assertThat(List.of(bySharing, byAddress, own))
                .extracting(response -> response.<Integer>path("votes"))
                .containsExactly(0, 0, 1);
    }

    @Test
    void shouldShowAPersonOfTheDirectoryTheirVotesOfEveryChannel() throws SQLException {
        // Given somebody whom the directory knows, who has voted by token and in chat
        String chatUser = "U" + UUID.randomUUID().toString().replace("-", "").toUpperCase(Locale.ROOT);
        enrol(ann, chatUser);
        ActionRequested byToken = Asked.pending(road, new Slot(group, 1));
        ActionRequested inChat = Asked.pending(road, new Slot(group, 1));
        Door.approve(tokens.person(ann), byToken.actionId(), byToken.digest());
        var click = new Review(
                ReviewId.derive(chatUser),
                inChat.digest(),
                new Reviewer(new Person(chatUser, null), List.of(), Identification.CHAT, "slack:T1"),
                Review.Verb.APPROVE,
                null,
                Instant.now());
        assertThat(road.event("reviews", ServiceName.NOTIFIER, new ReviewSubmitted(inChat.actionId(), click))
                        .join())
                .isEmpty();

        // When
        Response mine = figures(tokens.person(ann), "/me", Map.of());

        // Then
        assertThat(mine.<Integer>path("votes")).isEqualTo(2);
    }

    @Test
    void shouldShowOthersToAdminsOnly() {
        // When
        Response person = figures(tokens.person(ann, group), "", Map.of());
        Response agent = figures(tokens.agent("etl-agent"), "/me", Map.of());
        Response future = figures(
                tokens.person(ann),
                "/me",
                Map.of("since", Instant.now().plus(Duration.ofDays(1)).toString()));
        Response noTime = figures(tokens.person(ann), "/me", Map.of("since", "yesterday"));

        Response longAgo = figures(tokens.person(ann), "/me", Map.of("since", "-5000-01-01T00:00:00Z"));

        // Then
        assertThat(List.of(person, agent, future, noTime, longAgo))
                .extracting(Response::statusCode)
                .containsExactly(403, 403, 400, 400, 400);
        assertThat(person.<String>path("detail")).contains("obstat-admins", "/v1/reviewers/me");
        assertThat(List.of(future, noTime, longAgo))
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsOnly("since");
    }

    @Test
    void shouldListWhoIsAskedAndNeverVotes() throws SQLException {
        // Given two of the directory, of whom one votes
        String ben = "ben-" + UUID.randomUUID();
        enrol(ann, "U" + UUID.randomUUID());
        enrol(ben, "U" + UUID.randomUUID());
        ActionRequested request = Asked.pending(road, new Slot(group, 2));
        Asked.pending(road, new Slot(group, 1));
        Door.approve(tokens.person(ann), request.actionId(), request.digest());

        // When
        Response all = figures(tokens.person("boss", "obstat-admins"), "", Map.of());

        // Then
        List<Map<String, Object>> asked =
                all.path("reviewers.findAll { it.person.subject in ['%s', '%s'] }".formatted(ann, ben));
        assertThat(asked).extracting(one -> one.get("votes")).containsExactly(1, 0);
        assertThat(asked).extracting(one -> one.get("pending")).containsExactly(2, 2);
        assertThat(asked.getLast()).doesNotContainKeys("approvalRate", "medianSeconds", "p90Seconds");
    }

    /** Puts somebody into the directory, and into the group. */
    private void enrol(String subject, String chatUser) throws SQLException {
        Database.execute("""
                begin;
                update decision.directory_version set version = version + 1;
                insert into decision.members (id, source, active, deleted, created_at, changed_at)
                values ('m-%1$s', 'scim', true, false, now(), now());
                insert into decision.identities (member_id, channel, value)
                values ('m-%1$s', 'OIDC', '%1$s'), ('m-%1$s', 'SLACK', 'T1/%2$s');
                insert into decision.groups (id, source, name, created_at, changed_at)
                values ('%3$s', 'scim', '%3$s', now(), now()) on conflict do nothing;
                insert into decision.memberships (group_id, member_id) values ('%3$s', 'm-%1$s');
                commit""".formatted(subject, chatUser, group));
    }

    private static void took(ActionRequested request, int seconds) throws SQLException {
        Database.execute("update decision.votes set opened_at = voted_at - interval '%d seconds' where action_id = '%s'"
                .formatted(seconds, request.actionId()));
    }

    private static Response figures(String token, String path, Map<String, ?> query) {
        return given().auth().oauth2(token).queryParams(query).get("/v1/reviewers" + path);
    }
}

package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What waits for one person, in a group that no other test asks. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class WaitingTest {

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    Road road;

    private final String group = "group-" + UUID.randomUUID();

    /** Some of them have another deadline by their column than by their document, which would surprise other tests. */
    @AfterEach
    void remove() throws SQLException {
        Database.execute("delete from decision.approvals where '%s' = any (asked_groups)".formatted(group));
    }

    @Test
    void shouldListWhatTheCallersApprovalWouldCountOnNow() {
        // Given
        ActionRequested open = Asked.pending(road, new Slot(group, 1));
        ActionRequested reviewed = Asked.pending(road, new Slot(group, 2));
        ActionRequested decided = Asked.pending(road, new Slot(group, 1));
        ActionRequested ofOthers = Asked.pending(road, new Slot("data-governance", 1));
        ActionRequested ofBoth = Asked.pending(road, new Slot("data-governance", 1), new Slot(group, 1));
        String ann = tokens.person("ann", group, "sales");
        Door.approve(ann, reviewed.actionId(), reviewed.digest());
        Door.approve(ann, decided.actionId(), decided.digest());

        // When
        Response hers = mine(ann, Map.of());
        Response bens = mine(tokens.person("ben", group, "data-governance"), Map.of("limit", 100));
        Response theOwners = mine(tokens.person("owner", group), Map.of());
        Response nobodys = mine(tokens.person("carl"), Map.of());

        // Then
        assertThat(ids(hers)).containsExactlyElementsOf(ids(open, ofBoth));
        assertThat(hers.<List<Boolean>>path("approvals.eligible.can")).containsOnly(true);
        assertThat(hers.<String>path("next")).isNull();
        assertThat(ids(bens))
                .containsSubsequence(ids(open, reviewed, ofOthers, ofBoth))
                .doesNotHaveDuplicates();
        assertThat(ids(theOwners)).isEmpty();
        assertThat(ids(nobodys)).isEmpty();
    }

    @Test
    void shouldLeaveOutWhatATokenIsNotEnoughForAndSayWhereToGo() {
        // Given
        String ann = tokens.person("ann", group);
        ActionRequested keyed = Asked.pending(road, Identification.WEBAUTHN, new Slot(group, 1));
        ActionRequested signedIn = Asked.pending(road, Identification.OIDC_SESSION, new Slot(group, 1));
        ActionRequested open = Asked.pending(road, Identification.BEARER_TOKEN, new Slot(group, 1));

        // When
        Response hers = mine(ann, Map.of());
        Response one = Door.approval(ann, keyed.actionId());
        Response refused = Door.approve(ann, keyed.actionId(), keyed.digest());
        Response ofAnotherCause = Door.approve(tokens.person("carl"), keyed.actionId(), keyed.digest());

        // Then
        assertThat(ids(hers)).containsExactlyElementsOf(ids(open));
        assertThat(one.<Boolean>path("eligible.can")).isFalse();
        assertThat(one.<String>path("eligible.why")).contains("a security key");
        assertThat(Door.approval(ann, signedIn.actionId()).<Boolean>path("eligible.can"))
                .isFalse();
        Door.assertRefused(refused, 403, "assurance-too-low");
        assertThat(refused.<String>path("page")).isEqualTo("http://localhost/inbox/" + keyed.actionId());
        assertThat(ofAnotherCause.<String>path("page")).isNull();
    }

    @Test
    void shouldPageWithoutGapsOrRepeatsAlsoWhereSomeArePassedOver() throws SQLException {
        // Given, in the order of their deadlines, 6 for ann and between them 6 that she has approved already
        String ann = tokens.person("ann", group);
        var expected = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            ActionRequested request = Asked.pending(road, new Slot(group, 2));
            if (i % 5 < 2) {
                expected.add(request.actionId().value());
            } else {
                Door.approve(ann, request.actionId(), request.digest());
            }
        }
        // The last two get the same deadline, and are told apart by their ids.
        Database.execute("""
                update decision.approvals set expires_at = (select max(expires_at) from decision.asked where group_name = '%1$s')
                where '%1$s' = any (asked_groups) and action_id in ('%2$s', '%3$s')""".formatted(group, expected.get(4), expected.get(5)));
        expected.subList(4, 6).sort(Comparator.naturalOrder());

        // When
        var seen = new ArrayList<String>();
        String next = null;
        do {
            Response page = mine(ann, next == null ? Map.of("limit", 1) : Map.of("limit", 1, "cursor", next));
            assertThat(ids(page)).hasSizeLessThanOrEqualTo(1);
            seen.addAll(ids(page));
            next = page.path("next");
        } while (next != null);

        // Then
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    void shouldLeadOnWhenOneCallHasPassedOverEnough() throws SQLException {
        // Given 1,200 that ann has approved already, and one more that she has not
        String ann = tokens.person("ann", group);
        ActionRequested approved = Asked.pending(road, new Slot(group, 2));
        Door.approve(ann, approved.actionId(), approved.digest());
        Many.copies(approved.actionId(), 1_200);
        ActionRequested last = Asked.pending(road, new Slot(group, 2));
        Database.execute(
                "update decision.approvals set expires_at = expires_at + interval '2 days' where action_id = '%s'"
                        .formatted(last.actionId()));

        // When
        Response first = mine(ann, Map.of());
        Response second = mine(ann, Map.of("cursor", first.path("next")));

        // Then
        assertThat(ids(first)).isEmpty();
        assertThat(ids(second)).containsExactly(last.actionId().value());
        assertThat(second.<String>path("next")).isNull();
    }

    @Test
    void shouldLeaveOutWhatHasExpiredAndIsNotEndedYet() throws SQLException {
        // Given one whose time is up by its column alone, so that the sweep, which reads the document, does not end it
        ActionRequested over = Asked.pending(road, new Slot(group, 1));
        ActionRequested open = Asked.pending(road, new Slot(group, 1));
        String ann = tokens.person("ann", group);
        assertThat(ids(mine(ann, Map.of()))).containsExactlyElementsOf(ids(over, open));

        // When
        Database.execute("update decision.approvals set expires_at = now() - interval '1 hour' where action_id = '%s'"
                .formatted(over.actionId()));

        // Then
        assertThat(ids(mine(ann, Map.of()))).containsExactlyElementsOf(ids(open));
    }

    @Test
    void shouldNameTheParameterThatIsNotInOrder() {
        // Given
        String ann = tokens.person("ann", group);

        // When
        var responses = List.of(
                Door.approvals(ann, Map.of("assignee", "ben", "state", "pending")),
                Door.approvals(ann, Map.of("assignee", "Me")),
                Door.approvals(ann, Map.of("assignee", "me", "state", "decided")),
                mine(ann, Map.of("cursor", "yesterday")),
                mine(ann, Map.of("limit", 101)));

        // Then
        assertThat(responses).extracting(Response::statusCode).containsOnly(400);
        assertThat(responses)
                .extracting(response -> response.<String>path("errors[0].field"))
                .containsExactly("assignee", "assignee", "state", "cursor", "limit");
    }

    private static Response mine(String token, Map<String, ?> more) {
        var query = new HashMap<String, Object>(more);
        query.put("assignee", "me");
        query.put("state", "pending");
        return Door.approvals(token, query);
    }

    private static List<String> ids(Response page) {
        assertThat(page.statusCode()).as(page.asString()).isEqualTo(200);
        return page.path("approvals.actionId");
    }

    private static List<String> ids(ActionRequested... requests) {
        return Stream.of(requests).map(request -> request.actionId().value()).toList();
    }
}

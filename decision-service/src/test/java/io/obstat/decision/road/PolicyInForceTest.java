package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Assessment;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.ServiceName;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.PolicySetActivated;
import io.obstat.contracts.event.ReassessmentRequested;
import io.obstat.decision.Examples;
import io.obstat.decision.kafka.Road;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policy sets that come into force while actions are under way. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class PolicyInForceTest {

    @SuppressWarnings("NullAway.Init")
    Tokens tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Road road;

    /** Policy is one for all actions, and other tests go on under theirs. */
    @AfterEach
    void forget() throws SQLException {
        Database.execute("delete from decision.policies");
    }

    @Test
    void shouldAskPolicyAgainWhenAnotherSetComesIntoForce() {
        // Given
        ActionRequested request = Asked.pending(road, new Slot("data-governance", 1));

        // When
        activate("a", Instant.now());

        // Then the vote stands, and policy speaks before anything runs
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), ReassessmentRequested.class)).hasSize(1);
        assertThat(Door.approve(tokens.person("ann", "data-governance"), request.actionId(), request.digest())
                        .<String>path("approval.state"))
                .isEqualTo("pending");
    }

    @Test
    void shouldRefuseAGrantOfAnEarlierPolicy() {
        // Given
        ActionRequested request = Asked.request();
        road.verdict(Examples.allowed(request)).join();

        // When
        activate("a", Instant.now());

        // Then
        Door.assertRefused(redeem(request), 409, "policy-changed");
    }

    @Test
    void shouldKnowPolicySetsThatHaveBeenReplaced() {
        // Given one set that came into force twice, and news of it that are late
        Instant now = Instant.now();
        activate("a", now.minusSeconds(9));
        activate("b", now.minusSeconds(8));
        activate("c", now.minusSeconds(6));
        activate("b", now.minusSeconds(3));
        activate("c", now.minusSeconds(7));

        // When engines speak by each of them after that, and one by a set that nobody has announced
        ActionRequested byReplaced = allowedBy("a", now);
        ActionRequested byOvertaken = allowedBy("c", now);
        ActionRequested byTheOneInForce = allowedBy("b", now);
        ActionRequested byUnheardOf = allowedBy("d", now);

        // Then
        Door.assertRefused(redeem(byReplaced), 409, "policy-changed");
        Door.assertRefused(redeem(byOvertaken), 409, "policy-changed");
        assertThat(redeem(byTheOneInForce).statusCode()).isEqualTo(200);
        assertThat(redeem(byUnheardOf).statusCode()).isEqualTo(200);
    }

    private void activate(String digit, Instant at) {
        var activated = new PolicySetActivated("starter", set(digit), List.of("rule"), at);
        road.event("policies", ServiceName.POLICY_ENGINE, activated).join();
    }

    private ActionRequested allowedBy(String digit, Instant at) {
        ActionRequested request = Asked.request();
        Assessment plain = Examples.allowed(request).assessment();
        var assessment =
                new Assessment(plain.title(), plain.risk(), plain.rules(), plain.explanation(), set(digit), at);
        road.verdict(new AutoAllowed(request, assessment)).join();
        return request;
    }

    private Response redeem(ActionRequested request) {
        String agent = tokens.agent("etl-agent");
        Decision decision = Door.decided(Door.decision(agent, request.actionId(), 20));
        return Door.redeem(agent, Door.grant(decision).token(), request.digest());
    }

    private static String set(String digit) {
        return "sha256:" + digit.repeat(64);
    }
}

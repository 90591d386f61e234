package io.obstat.decision.inbox;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Person;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.GlassBroken;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.decision.Examples;
import io.obstat.decision.directory.DirectoryFile;
import io.obstat.decision.directory.Listings;
import io.obstat.decision.road.Database;
import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An emergency, from the button of whoever breaks the glass to the signature of those who have to look at it. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class EmergencyTest extends InboxTest {

    @Inject
    @SuppressWarnings("NullAway.Init")
    Listings listings;

    /** Of this test alone: others leave emergencies unsigned. */
    private final String signers = "sre-" + UUID.randomUUID();

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldNameTheOwnersAndWaitForThoseWhoSign() {
        // Given an agent that another person owns as well
        listings.apply(DirectoryFile.parse("""
                        people:
                          - {id: o, identities: {oidc: [olga], email: [olga@example.com]}}
                        agents:
                          - {id: etl-agent, owners: {ids: [o]}}
                        """.getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(Duration.ofSeconds(60));
        ActionRequested request = pending();
        Browser lee = browser("lee", "incident-leads", signers);
        Browser sid = browser("sid", signers);

        // When
        HttpResponse<String> broken = say(lee, request, "break-glass", "prod is down");

        // Then the owners are named, and who has to sign
        assertThat(broken.statusCode()).as(broken.body()).isEqualTo(200);
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), GlassBroken.class))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.owners()).containsExactly(Examples.OWNER, new Person("olga", "olga@example.com"));
                    assertThat(told.signedBy()).isEqualTo(new Slot(signers, 1));
                    assertThat(told.review().reason()).isEqualTo("prod is down");
                    assertThat(told.dueAt()).isEqualTo(told.brokenAt().plus(Duration.ofHours(1)));
                });

        // And it waits for those who can sign, first of all, and not for who did it
        Element first = sid.page("/inbox").expectFirst(".lane.first article");
        assertThat(first.attr("data-id")).isEqualTo(request.actionId().value());
        assertThat(first.attr("data-place")).isEqualTo("YOURS");
        assertThat(first.text()).contains("1 more from %s must sign".formatted(signers));
        assertThat(first.select("[data-testid=sign]")).hasSize(1);
        assertThat(sid.page("/inbox").select("[data-testid=row-%s]".formatted(request.actionId())))
                .as("once on the page")
                .hasSize(1);
        assertThat(lee.page("/inbox").select(".lane.first [data-id=%s]".formatted(request.actionId())))
                .isEmpty();
        assertThat(unsigned("sid", "me")).containsExactly(request.actionId().value());
        assertThat(unsigned("lee", "me")).isEmpty();
        assertThat(unsigned("lee", null)).contains(request.actionId().value());

        // When
        HttpResponse<String> signed = say(sid, request, "sign", "");

        // Then
        assertThat(signed.statusCode()).as(signed.body()).isEqualTo(200);
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), GlassSigned.class)).hasSize(1);
        assertThat(unsigned("lee", null)).doesNotContain(request.actionId().value());
        Document after = sid.page("/inbox");
        assertThat(after.select(".lane.first [data-id=%s]".formatted(request.actionId())))
                .isEmpty();
        assertThat(sid.get("/inbox/state?of=" + request.actionId()).body()).contains("DECIDED");
    }

    private HttpResponse<String> say(Browser browser, ActionRequested request, String verb, String reason) {
        return browser.post(
                "/inbox/%s/reviews".formatted(request.actionId()),
                Map.of("verb", verb, "digest", request.digest().value(), "key", "k", "reason", reason),
                BY_HTMX);
    }

    private List<String> unsigned(String person, String assignee) {
        var query = given().auth()
                .oauth2(tokens.person(person, signers))
                .queryParam("state", "unsigned")
                .queryParam("limit", 100);
        var response = (assignee == null ? query : query.queryParam("assignee", assignee)).get("/v1/approvals");
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        return response.path("approvals.actionId");
    }

    private ActionRequested pending() {
        ActionRequested request = Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
        var requirement = new Requirement(
                List.of(new Slot("data-governance", 1)),
                Duration.ofMinutes(30),
                1,
                null,
                List.of(),
                List.of(),
                List.of(),
                new BreakGlass("incident-leads", new Slot(signers, 1), Duration.ofHours(1)),
                null);
        road.verdict(new ApprovalRequired(request, Examples.allowed(request).assessment(), requirement))
                .join();
        return request;
    }
}

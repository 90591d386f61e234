package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.json.Json;
import io.obstat.decision.Examples;
import io.obstat.decision.road.Many;
import io.obstat.decision.road.Surroundings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** An inbox with far more in it than a page shows. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class CrowdedInboxTest extends InboxTest {

    private static final int CROWD = 1_500;

    @Test
    void shouldShowWhatWaitsForTheReaderFirstHoweverMuchWaitsForOthersBeforeIt() throws Exception {
        // Given the reader is asked last, and once
        String group = "group-" + UUID.randomUUID();
        ActionRequested ofOthers = pending("others", Duration.ofDays(1));
        Many.copies(ofOthers.actionId(), CROWD);
        ActionRequested theirs = pending(group, Duration.ofDays(20));
        try {
            var browser = browser("ann", group);

            // When
            Document page = browser.page("/inbox");
            var state = Json.readEvent(
                    browser.get("/inbox/state").body().getBytes(StandardCharsets.UTF_8), Board.State.class);

            // Then
            assertThat(page.expectFirst("[data-testid=count]").text()).isEqualTo("1");
            Element first = page.expectFirst(".card");
            assertThat(first.attr("data-testid")).isEqualTo("row-" + theirs.actionId());
            assertThat(first.select("[data-testid=approve]")).hasSize(1);
            assertThat(page.select(".card").size()).isLessThan(CROWD);
            assertThat(page.text()).contains("More requests are waiting");
            assertThat(state.waiting()).isEqualTo(1);
            assertThat(state.cards().getFirst().id())
                    .isEqualTo(theirs.actionId().value());
            assertThat(state.cards()).extracting(Board.State.Entry::id).doesNotHaveDuplicates();
        } finally {
            Many.remove(ofOthers.actionId());
        }
    }

    @Test
    void shouldShowWhatTakesASecurityKeyToTheReaderHoweverMuchWaitsForOthersBeforeIt() throws Exception {
        // Given
        String group = "group-" + UUID.randomUUID();
        ActionRequested ofOthers = pending("others", Duration.ofDays(1));
        Many.copies(ofOthers.actionId(), CROWD);
        ActionRequested theirs = Keyed.pending(road, Duration.ofDays(20), new Slot(group, 1));
        try {
            // When
            Document page = browser("ann", group).page("/inbox");

            // Then
            assertThat(page.expectFirst("[data-testid=count]").text()).isEqualTo("1");
            assertThat(page.expectFirst(".card").attr("data-testid")).isEqualTo("row-" + theirs.actionId());
        } finally {
            Many.remove(ofOthers.actionId());
        }
    }

    private ActionRequested pending(String group, Duration deadline) {
        ActionRequested request = Examples.request(
                UUID.randomUUID().toString(), Examples.AGENT, Examples.OWNER, null, Instant.now(), null);
        assertThat(road.verdict(Examples.required(request, deadline, new Slot(group, 1)))
                        .join())
                .isEmpty();
        return request;
    }
}

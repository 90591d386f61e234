package io.obstat.decision.inbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.ReviewRefused;
import io.obstat.decision.inbox.KeyUser.Answer;
import io.obstat.decision.road.Database;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** What a test of security keys has at hand: a Chromium, with the authenticator that it plays. */
abstract class KeyTest extends InboxTest {

    private static @Nullable Chromium chromium;

    /** One for all tests of a class. */
    final Chromium chromium() {
        if (chromium == null) {
            chromium = Chromium.start(base);
        }
        return chromium;
    }

    @AfterAll
    static void stopChromium() {
        if (chromium != null) {
            chromium.close();
            chromium = null;
        }
    }

    final KeyUser signIn(String person) {
        return KeyUser.signIn(chromium(), tokens.idToken(person, "data-governance"));
    }

    static void refused(Answer answer, String why) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
        assertThat(Jsoup.parse(answer.body()).select("[data-testid=result]").text())
                .contains(why)
                .contains("Nothing was decided by it");
    }

    final void undecided(ActionRequested request) {
        Database.awaitPublished(request.actionId());
        assertThat(road.facts(request.actionId(), Decision.class)).isEmpty();
        assertThat(road.facts(request.actionId(), ReviewRefused.class))
                .as("each attempt is on record")
                .isNotEmpty()
                .allMatch(refused -> refused.cause() == ReviewRefused.Cause.ASSURANCE_TOO_LOW);
    }
}

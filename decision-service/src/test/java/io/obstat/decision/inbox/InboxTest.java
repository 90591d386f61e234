package io.obstat.decision.inbox;

import io.obstat.decision.kafka.Road;
import io.obstat.decision.road.Surroundings;
import io.obstat.decision.road.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.net.URI;

/** What a test of the pages has at hand. Its class names {@link Surroundings} itself. */
abstract class InboxTest {

    /** Where a form says it comes from: a page of ours, that htmx does not send, and one that it does. */
    static final String[] FROM_OUR_PAGE = {"Sec-Fetch-Site", "same-origin"};

    static final String[] BY_HTMX = {"Sec-Fetch-Site", "same-origin", "HX-Request", "true"};

    @SuppressWarnings("NullAway.Init") // Surroundings puts it there
    Tokens tokens;

    @Inject
    @SuppressWarnings("NullAway.Init")
    Road road;

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init")
    URI base;

    /** Signed in, and in the group that most requests of the tests take. */
    final Browser browser(String person) {
        return browser(person, "data-governance");
    }

    final Browser browser(String person, String... groups) {
        return new Browser(base).signIn(tokens.idToken(person, groups));
    }
}

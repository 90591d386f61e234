package io.obstat.ledger.pages;

import static io.obstat.ledger.ViewsUnderTest.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.ledger.LedgerEnvironment;
import io.obstat.ledger.Samples;
import io.obstat.ledger.ViewsUnderTest;
import io.obstat.ledger.postgres.PostgresViews;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The pages as a browser meets them, with a sign-in by the code flow. */
@QuarkusTest
@QuarkusTestResource(LedgerEnvironment.class)
class LedgerPagesTest {
    private static final String ACTION = Samples.action(1).value();

    @TestHTTPResource("/")
    URI home = URI.create("/");

    @Inject
    PostgresViews views;

    @Inject
    Mutiny.SessionFactory sessions;

    @BeforeEach
    void fill() {
        ViewsUnderTest.fill(sessions, views);
    }

    @Test
    void shouldShowAnAuditorWhoSignsInThePages() throws IOException, InterruptedException {
        // Given
        HttpClient browser = browser();

        // When
        HttpResponse<String> actions = signIn(browser, "/ledger", "auditor", "{\"groups\":[\"auditors\"]}");
        HttpResponse<String> action = get(browser, "/ledger/actions/" + ACTION);
        HttpResponse<String> none = get(browser, "/ledger?q=nothing+like+it");

        // Then
        assertThat(actions.statusCode()).isEqualTo(200);
        assertThat(actions.body())
                .contains("Export customer data from production")
                .contains("/ledger/actions/" + ACTION)
                .contains("ran, as the agent reports")
                .contains("1 refused review, 1 refused use of the grant");
        assertThat(actions.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy ->
                        assertThat(policy).contains("default-src 'none'").doesNotContain("script-src"));
        assertThat(action.body())
                .contains("looks right")
                .contains("<span class=\"cp\">⟨U+202E⟩</span>")
                .contains("&lt;script&gt;")
                .doesNotContain("<script")
                .doesNotContain("\u202E")
                .doesNotContain(Samples.TOKEN);
        assertThat(none.body()).contains("Nothing matches");
    }

    @Test
    void shouldTellSomeoneWhoIsNoAuditorWhyThePageIsNotForThem() throws IOException, InterruptedException {
        // Given
        HttpClient browser = browser();

        // When
        HttpResponse<String> page = signIn(browser, "/ledger/actions/" + ACTION, "reviewer", "{\"groups\":[]}");

        // Then
        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).contains("signed in as reviewer").doesNotContain("churn");
    }

    @Test
    void shouldTellAPersonWhatToDoWhenTheDatabaseIsAway() throws IOException, InterruptedException {
        // Given
        HttpClient browser = browser();
        signIn(browser, "/ledger", "auditor", "{\"groups\":[\"auditors\"]}");
        sql("alter table ledger.actions rename to actions_away");

        // When
        List<HttpResponse<String>> pages = List.of(get(browser, "/ledger"), get(browser, "/ledger/actions/" + ACTION));

        // Then
        sql("alter table ledger.actions_away rename to actions");
        assertThat(pages).allSatisfy(page -> {
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.headers().firstValue("Content-Type"))
                    .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
            assertThat(page.body())
                    .contains("The ledger cannot be read just now")
                    .contains("load this page again");
        });
    }

    @Test
    void shouldNotTakeABrowserSessionForAToken() throws IOException, InterruptedException {
        // Given
        HttpClient browser = browser();
        signIn(browser, "/ledger", "auditor", "{\"groups\":[\"auditors\"]}");

        // When
        List<String> paths = List.of(
                "/v1/ledger/actions/" + ACTION,
                "/v1/ledger/actions",
                "/v1/ledger/actions/ledger-pages",
                "/v1/ledger-pages");

        // Then
        for (String path : paths) {
            assertThat(get(browser, path).uri().getPath()).as(path).isEqualTo(path);
            assertThat(get(browser, path).statusCode()).as(path).isIn(401, 404);
        }
    }

    private void sql(String statement) {
        await(() -> sessions.withTransaction(
                session -> session.createNativeQuery(statement).executeUpdate()));
    }

    private static HttpClient browser() {
        return HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
    }

    private HttpResponse<String> get(HttpClient browser, String path) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(home.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Opens the page, is led to the issuer's form, fills it in, and is led back. */
    private HttpResponse<String> signIn(HttpClient browser, String path, String user, String claims)
            throws IOException, InterruptedException {
        HttpResponse<String> form = get(browser, path);
        assertThat(form.uri().getPath()).isEqualTo("/obstat/authorize");
        String body = "username=%s&claims=%s".formatted(user, URLEncoder.encode(claims, StandardCharsets.UTF_8));
        return browser.send(
                HttpRequest.newBuilder(form.uri())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}

package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who stands for a person, on a page. */
@QuarkusTest
@WithTestResource(Surroundings.class)
class AwayPagesTest extends InboxTest {

    private static final String PATH = "/inbox/away";
    private static final LocalDateTime NOW = LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MINUTES);

    @Inject
    @SuppressWarnings("NullAway.Init")
    Listings listings;

    @BeforeEach
    void list() {
        listings.apply(DirectoryFile.parse("""
                        people:
                          - {id: a, identities: {oidc: [ann], email: [ann@example.com]}, groups: [data-governance]}
                          - {id: b, identities: {oidc: [ben], email: [ben@example.com]}}
                        """.getBytes(StandardCharsets.UTF_8)))
                .await()
                .atMost(Duration.ofSeconds(60));
    }

    @AfterEach
    void forget() throws SQLException {
        Database.forgetDirectory();
    }

    @Test
    void shouldNameAStandInAndLetThemGo() {
        // Given
        Browser ann = browser("ann");

        // When
        Document before = ann.page(PATH);
        HttpResponse<String> begun = ann.post(
                PATH,
                Map.of(
                        "to",
                        " BEN@example.com ",
                        "since",
                        NOW.toString(),
                        "until",
                        NOW.plusDays(7).toString(),
                        "reason",
                        "leave"),
                FROM_OUR_PAGE);
        Document during = ann.page(PATH);
        HttpResponse<String> ended = ann.post(PATH + "/end", Map.of(), FROM_OUR_PAGE);

        // Then
        assertThat(before.select("[data-testid=nobody]")).hasSize(1);
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(303);
        assertThat(during.select("[data-testid=stand-in]").text())
                .startsWith("ben, from ")
                .contains(NOW.plusDays(7).getYear() + ", ")
                .endsWith("UTC: leave");
        assertThat(ended.statusCode()).isEqualTo(303);
        assertThat(ann.page(PATH).select("[data-testid=nobody]")).hasSize(1);
        assertThat(ann.page("/inbox").select("a[href=/inbox/away]")).isNotEmpty();
    }

    @Test
    void shouldSayWhatIsWrongAndChangeNothing() {
        // Given
        Browser ann = browser("ann");
        String now = NOW.toString();
        String later = NOW.plusDays(7).toString();

        // When
        List<HttpResponse<String>> answers = List.of(
                ann.post(PATH, Map.of("to", "nobody", "since", now, "until", later), FROM_OUR_PAGE),
                ann.post(PATH, Map.of("to", "ann", "since", now, "until", later), FROM_OUR_PAGE),
                ann.post(PATH, Map.of("to", "ben", "since", "soon", "until", later), FROM_OUR_PAGE),
                ann.post(PATH, Map.of("to", "ben", "since", later, "until", now), FROM_OUR_PAGE),
                ann.post(
                        PATH,
                        Map.of("to", "ben", "since", "+300000-01-01T00:00", "until", "+300000-01-02T00:00"),
                        FROM_OUR_PAGE));
        HttpResponse<String> foreign =
                ann.post(PATH, Map.of("to", "ben", "since", now, "until", later), "Sec-Fetch-Site", "cross-site");

        // Then
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(400);
        assertThat(answers)
                .extracting(answer -> Jsoup.parse(answer.body())
                        .select("[data-testid=result]")
                        .text())
                .satisfiesExactly(
                        text -> assertThat(text)
                                .startsWith("The colleague is \"nobody\", whom the directory does not have"),
                        text -> assertThat(text).startsWith("The colleague is yourself"),
                        text -> assertThat(text).startsWith("The first moment is no date"),
                        text -> assertThat(text).startsWith("The last moment is not after"),
                        text -> assertThat(text).startsWith("The first moment is more than a year"));
        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(ann.page(PATH).select("[data-testid=nobody]")).hasSize(1);
    }

    @Test
    void shouldTellWhomTheDirectoryDoesNotHave() {
        // Given
        Browser eve = browser("eve");

        // When
        HttpResponse<String> answer = eve.post(
                PATH,
                Map.of(
                        "to",
                        "ben",
                        "since",
                        NOW.toString(),
                        "until",
                        NOW.plusDays(1).toString()),
                FROM_OUR_PAGE);

        // Then
        assertThat(eve.page(PATH).select("[data-testid=unknown]").text()).contains("The directory does not have you");
        assertThat(answer.statusCode()).isEqualTo(403);
    }
}

package io.obstat.sdk.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.ReviewId;
import io.obstat.sdk.ActionDraft;
import io.obstat.sdk.Answer;
import io.obstat.sdk.Approved;
import io.obstat.sdk.Attempt;
import io.obstat.sdk.FakeObstat;
import io.obstat.sdk.ObstatClient;
import io.obstat.sdk.Redeemed;
import io.obstat.sdk.Refusal;
import io.obstat.sdk.Requested;
import io.obstat.sdk.http.ClientCredentials;
import io.obstat.sdk.http.HttpObstat;
import io.obstat.sdk.kafka.DecisionFeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/how-to/use-the-sdk.md} shows code that compiles and runs: each of its blocks stands here, between a pair of {@code snippet} marks. */
class UseTheSdkTest {

    private static final Path PAGE = Path.of("../docs/how-to/use-the-sdk.md");
    private static final Path SOURCE = Path.of("src/test/java/io/obstat/sdk/docs/UseTheSdkTest.java");

    @Test
    void shouldShowOnlyCodeThatStandsHere() throws IOException {
        // Given
        List<String> shown = blocks(Files.readString(PAGE), "```java\n(.*?)```");
        List<String> here = blocks(Files.readString(SOURCE), "// snippet\n(.*?)// end");

        // When / Then
        assertThat(shown).hasSizeGreaterThanOrEqualTo(4).containsExactlyElementsOf(here);
    }

    @ParameterizedTest
    @EnumSource
    void shouldAnswerInSentences(Outcome outcome) throws InterruptedException {
        try (var services = new FakeObstat();
                ObstatClient obstat = services.connection().connect()) {
            // Given
            services.outcome = outcome;

            // When
            String answer = exportCustomers(obstat);

            // Then
            assertThat(answer).startsWith(outcome == Outcome.ALLOWED ? "Exported to" : "Policy said");
        }
    }

    @Test
    void shouldTakeSteps() throws InterruptedException {
        try (var services = new FakeObstat();
                ObstatClient obstat = services.connection().connect()) {
            // Given / When
            stepByStep(obstat, draft());

            // Then
            assertThat(services.reports).containsExactly("succeeded: 48210 rows");
        }
    }

    @Test
    void shouldRunWhatAReviewerMadeOfIt() throws InterruptedException {
        try (var services = new FakeObstat();
                ObstatClient obstat = services.connection().connect()) {
            // Given
            Action asked = draft().action();
            Parameters changed =
                    Parameters.of(JsonNodeFactory.instance.objectNode().put("format", "json"));
            Action edited = new Action(asked.type(), asked.resource(), asked.environment(), changed);
            ActionId id = ActionId.derive(FakeObstat.AGENT, "churn-2026-q3");
            services.decision(
                    id,
                    services.decider
                            .parameters(changed)
                            .decide(
                                    id,
                                    ActionDigest.of(FakeObstat.AGENT, null, edited),
                                    FakeObstat.AGENT,
                                    Outcome.ALLOWED));

            // When / Then
            assertThat(exportCustomers(obstat)).contains("It is allowed with other inputs", "{\"format\":\"json\"}");
            assertThat(exportAsEdited(obstat)).startsWith("Done: " + id);
        }
    }

    @Test
    void shouldAnswerAQuestion() throws InterruptedException {
        try (var services = new FakeObstat();
                ObstatClient obstat = answering(services.connection()).connect()) {
            // Given
            services.outcome = null;
            services.questions.put(ReviewId.derive("q"), "Which columns?");

            // When
            obstat.request(draft()).await(Duration.ofSeconds(2));

            // Then
            assertThat(services.answers).containsExactly("You asked: Which columns?");
        }
    }

    @Test
    void shouldConnect() {
        // Given nobody there, since nothing is called before it is needed
        URI nowhere = URI.create("http://localhost:1");

        // When / Then
        try (ObstatClient obstat = connect(nowhere, nowhere, nowhere, "secret")) {
            assertThat(obstat).isNotNull();
        }
    }

    static ObstatClient connect(URI intake, URI decisionService, URI issuer, String secret) {
        // snippet
        ObstatClient obstat = HttpObstat.agent("etl-agent")
                .intake(intake) // http://localhost:8081
                .decisionService(decisionService) // http://localhost:8084
                .tokens(ClientCredentials.of(issuer, "etl-agent", secret)) // http://localhost:8090/obstat
                .patience(Duration.ofMinutes(30)) // how long run() waits for people
                .connect();
        // end
        return obstat;
    }

    static ActionDraft draft() {
        // snippet
        ActionDraft draft = ActionDraft.of("data.export", "postgres://prod/customers")
                .in("production")
                .with("format", "csv")
                .with("where", Map.of("country", "DE"))
                .because("quarterly churn analysis")
                .idempotencyKey("churn-2026-q3")
                .build();
        // end
        return draft;
    }

    static String exportCustomers(ObstatClient obstat) throws InterruptedException {
        ActionDraft draft = draft();
        // snippet
        String answer = switch (obstat.run(draft, grant -> export(grant.action()))) {
            case Attempt.Ran<Path> ran -> "Exported to " + ran.value();
            case Attempt.Failed<Path> failed -> failed.message();
            case Attempt.NotRun<Path> notRun -> notRun.message();
        };
        // end
        return answer;
    }

    static void stepByStep(ObstatClient obstat, ActionDraft draft) throws InterruptedException {
        // snippet
        Requested requested = obstat.request(draft);
        Answer answer = requested.await(Duration.ofMinutes(5));
        switch (answer) {
            case Approved approved -> {
                switch (approved.redeem()) {
                    case Redeemed redeemed -> {
                        export(redeemed.action());
                        redeemed.succeeded("48210 rows");
                    }
                    case Refusal.GrantRefused refused -> tell(refused.message());
                }
            }
            case Refusal.Edited edited -> tell(edited.message()); // or edited.approved().redeem()
            case Refusal.ByDecision no -> tell(no.message()); // Denied, Rejected, Expired and so on
            case Refusal.Undecided undecided -> requested.withdraw("no longer needed");
        }
        // end
    }

    static String exportAsEdited(ObstatClient obstat) throws InterruptedException {
        ActionDraft draft = draft();
        // snippet
        Attempt<Path> attempt = obstat.runAsEdited(draft, grant -> export(grant.action()));
        // end
        return attempt.message();
    }

    static HttpObstat answering(HttpObstat connection) {
        // snippet
        connection.onQuestion(question -> Optional.of(reply(question.text())));
        // end
        return connection;
    }

    static HttpObstat besideKafka(HttpObstat connection) {
        // snippet
        connection.decisionsFrom(proof -> DecisionFeed.open(Map.of("bootstrap.servers", "localhost:9092"), proof));
        // end
        return connection;
    }

    private static Path export(Action action) {
        return Path.of(action.parameters().asTree().path("format").asText());
    }

    private static String reply(String question) {
        return "You asked: " + question;
    }

    private static void tell(String message) {
        System.getLogger(UseTheSdkTest.class.getName()).log(System.Logger.Level.INFO, message);
    }

    private static List<String> blocks(String text, String regex) {
        var blocks = new ArrayList<String>();
        Matcher block = Pattern.compile(regex, Pattern.DOTALL).matcher(text);
        while (block.find()) {
            if (!block.group(1).contains("(.*?)")) {
                blocks.add(block.group(1).stripIndent().strip());
            }
        }
        return blocks;
    }
}

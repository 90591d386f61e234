package io.obstat.local.demo;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Person;
import io.obstat.contracts.event.EventType;
import io.obstat.sdk.ActionDraft;
import io.obstat.sdk.Answer;
import io.obstat.sdk.Approved;
import io.obstat.sdk.Attempt;
import io.obstat.sdk.ObstatClient;
import io.obstat.sdk.Redeemed;
import io.obstat.sdk.Redemption;
import io.obstat.sdk.Refusal;
import io.obstat.sdk.Requested;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The demonstration: every step is done by the parts that run in production, by their public interfaces, and none is assumed. It goes on after a surprise
 * where it can, and counts it.
 */
final class Demo {

    /**
     * What the demo talks to.
     *
     * @param agent the SDK, as {@code etl-agent} acting for {@code owner}
     * @param tokens gives a person's bearer token
     */
    record World(
            ObstatClient agent,
            PublicApi api,
            Function<String, String> tokens,
            DemoDatabase database,
            String inbox,
            Path exports) {}

    /** An action of the demo, and of what kinds its entries in the ledger must be. */
    private record Told(ActionId action, Set<EventType> expected) {

        Told(ActionId action, EventType... expected) {
            this(action, Set.of(expected));
        }
    }

    static final AgentId AGENT = new AgentId("etl-agent");
    static final Person FOR = new Person("owner", null);

    private static final String CUSTOMERS = "postgres://demo/customers";
    private static final Duration A_PERSON_TAKES = Duration.ofMinutes(30);
    private static final Duration A_YES_TAKES_EFFECT_WITHIN = Duration.ofSeconds(30);

    private final World world;
    private final Transcript transcript;
    private final @Nullable String yesAs;
    private final Map<String, Told> actions = new LinkedHashMap<>();

    /** @param yesAs who approves through the public API; absent when a person does in the inbox */
    Demo(World world, Transcript transcript, @Nullable String yesAs) {
        this.world = world;
        this.transcript = transcript;
        this.yesAs = yesAs;
    }

    /** Whether the policy that ships with the launcher lets this person approve the export. */
    static boolean mayApprove(io.obstat.local.issuer.Person person) {
        return person.groups().contains("data-governance") && !person.name().equals(FOR.subject());
    }

    /** Runs all scenes. @throws IllegalStateException when it cannot go on */
    void run() throws InterruptedException, SQLException, IOException {
        world.database().prepare();
        Approved approved = askAndDecide();
        useTheGrant(approved);
        readWithoutAnyone();
        backOff();
        readTheLedger();
    }

    private Approved askAndDecide() throws InterruptedException, IOException {
        transcript.scene(1, "An agent wants to export customer data");
        Requested requested = world.agent().request(export("DE"));
        actions.put(
                "the export",
                new Told(
                        requested.actionId(),
                        EventType.ACTION_REQUESTED,
                        EventType.REVIEW_REFUSED,
                        EventType.REVIEW_RECORDED,
                        EventType.DECISION,
                        EventType.GRANT_MISUSED,
                        EventType.GRANT_REDEEMED,
                        EventType.ACTION_EXECUTED));
        transcript.say(
                "etl-agent, acting for owner, asks: data.export of %s, country = 'DE', as CSV.".formatted(CUSTOMERS));
        transcript.say("Request #%s, digest %s".formatted(requested.actionId().shortForm(), requested.digest()));
        awaitOpen(requested.actionId());
        transcript.say("Policy says that people must decide. The agent waits.");

        PublicApi.Answer own = world.api()
                .approve(
                        requested.actionId(),
                        requested.digest(),
                        "it is mine, so it is fine",
                        world.tokens().apply("owner"));
        transcript.expect(
                own.status() == 403 && own.cause().startsWith("own-"),
                "The owner tries to approve their own agent: refused. \"%s\"".formatted(own.detail()));

        if (yesAs == null) {
            transcript.say("");
            transcript.say("→ Your turn. Open %s, sign in as reviewer, and approve #%s."
                    .formatted(world.inbox(), requested.actionId().shortForm()));
        } else {
            PublicApi.Answer yes = world.api()
                    .approve(
                            requested.actionId(),
                            requested.digest(),
                            "needed for the churn analysis",
                            world.tokens().apply(yesAs));
            transcript.expect(
                    yes.status() == 201,
                    "%s approves through the public API%s"
                            .formatted(yesAs, yes.status() == 201 ? "." : ": " + yes.detail()));
            if (yes.status() != 201) {
                throw new IllegalStateException(
                        "%s could not approve, so the demo ends here; try --yes-as reviewer".formatted(yesAs));
            }
        }
        Answer answer = requested.await(yesAs == null ? A_PERSON_TAKES : A_YES_TAKES_EFFECT_WITHIN);
        if (answer instanceof Approved approved) {
            transcript.expect(
                    true,
                    "The agent has a signed decision: \"%s\""
                            .formatted(approved.decision().reason()));
            return approved;
        }
        throw new IllegalStateException("The export was not approved, so the demo ends here: " + message(answer));
    }

    private void useTheGrant(Approved approved) throws InterruptedException, IOException, SQLException {
        transcript.scene(2, "The grant is good for that one action, once");
        Redemption changed = approved.redeem(export("FR").action());
        transcript.expect(
                changed instanceof Refusal.GrantRefused refused
                        && refused.cause().equals("digest-differs"),
                "With a changed WHERE (country = 'FR') the grant is refused. \"%s\"".formatted(message(changed)));

        Redemption redemption = approved.redeem();
        if (!(redemption instanceof Redeemed redeemed)) {
            transcript.expect(false, "The grant could not be redeemed: " + message(redemption));
            return;
        }
        Path file = world.exports()
                .resolve("customers-DE-%s.csv"
                        .formatted(approved.decision().actionId().shortForm()));
        String country = redeemed.action()
                .parameters()
                .asTree()
                .path("where")
                .path("country")
                .asText();
        long rows = world.database().exportCsv(country, file);
        redeemed.succeeded("%d rows to %s".formatted(rows, file.getFileName()));
        transcript.expect(
                Files.size(file) > 0 && rows > 0,
                "Under the grant the export runs: %d customers in %s".formatted(rows, file));

        Redemption again = approved.redeem();
        transcript.expect(
                again instanceof Refusal.GrantRefused refused && refused.cause().equals("already-redeemed"),
                "The same grant a second time is refused. \"%s\"".formatted(message(again)));
    }

    private void readWithoutAnyone() throws InterruptedException {
        transcript.scene(3, "What policy allows passes straight through");
        ActionDraft query = ActionDraft.of("db.query", CUSTOMERS)
                .in("demo")
                .with("sql", "select count(*) from customers")
                .because("how many customers are there?")
                .build();
        long begin = System.nanoTime();
        Attempt<Long> attempt = world.agent().run(query, grant -> {
            actions.put(
                    "the query",
                    new Told(
                            grant.actionId(),
                            EventType.ACTION_REQUESTED,
                            EventType.DECISION,
                            EventType.GRANT_REDEEMED,
                            EventType.ACTION_EXECUTED));
            return world.database().count();
        });
        long millis = (System.nanoTime() - begin) / 1_000_000;
        transcript.expect(
                attempt instanceof Attempt.Ran<Long>,
                attempt instanceof Attempt.Ran<Long> ran
                        ? "A read-only query needs nobody: %d customers, asked, decided, run and reported in %d ms."
                                .formatted(ran.value(), millis)
                        : "The query did not run: " + attempt.message());
    }

    private void backOff() throws InterruptedException {
        transcript.scene(4, "What policy forbids does not happen");
        ActionDraft deletion = ActionDraft.of("data.delete", "postgres://prod/customers")
                .in("production")
                .with("where", Map.of("country", "DE"))
                .because("the disk is nearly full")
                .build();
        Requested requested = world.agent().request(deletion);
        actions.put("the deletion", new Told(requested.actionId(), EventType.ACTION_REQUESTED, EventType.DECISION));
        Answer answer = requested.await(Duration.ofSeconds(30));
        transcript.expect(
                answer instanceof Refusal.Denied denied && denied.backOff().isPresent(),
                "Deleting customers in production: denied. \"%s\"".formatted(message(answer)));
        Attempt<String> eager = world.agent().run(deletion, grant -> "deleted");
        transcript.expect(
                eager instanceof Attempt.NotRun<String>,
                "Asked to try again at once, the agent does not: \"%s\"".formatted(eager.message()));
    }

    private void readTheLedger() throws InterruptedException, IOException {
        transcript.scene(5, "Every step is in the ledger");
        String auditor = world.tokens().apply("auditor");
        for (Map.Entry<String, Told> action : actions.entrySet()) {
            Told told = action.getValue();
            Ledger.Timeline timeline = Ledger.await(world.api(), told.action(), told.expected(), auditor);
            transcript.say("");
            transcript.say("#%s  %s".formatted(told.action().shortForm(), action.getKey()));
            timeline.lines().forEach(transcript::say);
            transcript.expect(
                    timeline.complete(),
                    "%s is whole: %d entries"
                            .formatted(action.getKey(), timeline.lines().size()));
        }
    }

    /** The verdict travels over Kafka; until it is there nobody can decide. */
    private void awaitOpen(ActionId action) throws InterruptedException, IOException {
        long until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (world.api().approval(action, world.tokens().apply("reviewer")).status() != 200) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(
                        "The request did not reach decision-service within 30 s; see ./obstat status and ./obstat logs"
                                + " policy-engine");
            }
            Thread.sleep(50);
        }
    }

    private static ActionDraft export(String country) {
        return ActionDraft.of("data.export", CUSTOMERS)
                .in("demo")
                .with("format", "csv")
                .with("where", Map.of("country", country))
                .with("rows", DemoDatabase.ROWS / 4)
                .because("quarterly churn analysis")
                .run("run-" + ProcessHandle.current().pid())
                .link("The ticket", "https://tickets.example.com/CHURN-42")
                .build();
    }

    private static String message(Object answer) {
        return switch (answer) {
            case Refusal refusal -> refusal.message();
            case Redeemed redeemed -> "it was redeemed, which must not happen";
            case Approved approved -> "it was approved, which must not happen";
            default -> String.valueOf(answer);
        };
    }
}

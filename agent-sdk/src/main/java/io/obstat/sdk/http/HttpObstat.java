package io.obstat.sdk.http;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Person;
import io.obstat.contracts.Required;
import io.obstat.sdk.AgentIdentity;
import io.obstat.sdk.Decisions;
import io.obstat.sdk.ObstatClient;
import io.obstat.sdk.Proof;
import io.obstat.sdk.Question;
import io.obstat.sdk.http.HttpCalls.Call;
import io.obstat.sdk.http.HttpCalls.Reply;
import io.obstat.sdk.http.HttpCalls.Timeouts;
import io.obstat.sdk.jose.JwksSeals;
import io.obstat.sdk.jose.ProofKey;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes an {@link ObstatClient} that talks to the services by HTTP. Needs three things: both addresses and a source of tokens. */
public final class HttpObstat {

    private final AgentId agent;
    private @Nullable Person onBehalfOf;
    private @Nullable URI intake;
    private @Nullable URI decisionService;
    private @Nullable TokenSource tokens;
    private @Nullable String issuer;
    private @Nullable Function<Proof, Decisions> decisions;
    private @Nullable Function<Question, Optional<String>> onQuestion;
    private @Nullable ProofKey key;
    private Duration patience = Duration.ofMinutes(30);
    private Timeouts timeouts =
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMillis(100));

    private HttpObstat(AgentId agent) {
        this.agent = agent;
    }

    /** For the agent with this id, the one in its access token. */
    public static HttpObstat agent(String id) {
        return new HttpObstat(new AgentId(id));
    }

    /** The agent acts for the person with this OIDC subject: the token's {@code sub}, with the agent in {@code act.sub} (RFC 8693). */
    public HttpObstat onBehalfOf(String subject) {
        this.onBehalfOf = new Person(subject, null);
        return this;
    }

    /** Where request-intake is, such as {@code http://localhost:8081}. */
    public HttpObstat intake(URI address) {
        this.intake = address;
        return this;
    }

    /** Where decision-service is, such as {@code http://localhost:8084}. */
    public HttpObstat decisionService(URI address) {
        this.decisionService = address;
        return this;
    }

    public HttpObstat tokens(TokenSource source) {
        this.tokens = source;
        return this;
    }

    /** The {@code iss} that decision-service signs under, where it is not its address. */
    public HttpObstat issuer(String name) {
        this.issuer = name;
        return this;
    }

    /** Take decisions from elsewhere, such as {@code proof -> DecisionFeed.open(kafka, proof)}. Closed with the client when it can be. */
    public HttpObstat decisionsFrom(Function<Proof, Decisions> source) {
        this.decisions = source;
        return this;
    }

    /**
     * What to say when a reviewer asks something while this agent waits for the decision. Called once a question on the waiting thread, so the wait's
     * time runs on; what it throws is logged, and the wait goes on. Reviewers see the answer quoted, as the agent's claim. Questions come by
     * decision-service only, not with {@link #decisionsFrom}.
     *
     * @param answers 1 to 2,000 characters; empty leaves the question open
     */
    public HttpObstat onQuestion(Function<Question, Optional<String>> answers) {
        this.onQuestion = answers;
        return this;
    }

    /**
     * Bind every grant to this key (RFC 9449), so that whoever else gets hold of one cannot redeem it. The addresses given here have to be those that
     * the services know as their own, because proofs name them.
     */
    public HttpObstat bindGrantsTo(ProofKey holder) {
        this.key = holder;
        return this;
    }

    /** How long {@link ObstatClient#run} waits for a decision; 30 minutes unless said otherwise. */
    public HttpObstat patience(Duration forDecision) {
        this.patience = forDecision;
        return this;
    }

    /**
     * How long one connection may take (5 s unless said otherwise), and one answer beyond what is deliberately held (10 s). For so long at a time the
     * agent's answers to questions are sent; what could not be sent is sent again, in between the looks for the decision.
     */
    public HttpObstat timeouts(Duration connect, Duration answer) {
        this.timeouts = new Timeouts(connect, answer, timeouts.retry(), timeouts.pause());
        return this;
    }

    /** How long a call is repeated while a service is away (1 minute unless said otherwise), and the pause before the first repetition (100 ms). */
    public HttpObstat retrying(Duration retry, Duration firstPause) {
        this.timeouts = new Timeouts(timeouts.connect(), timeouts.answer(), retry, firstPause);
        return this;
    }

    /**
     * The client. Nothing is called before it is used.
     *
     * @throws io.obstat.contracts.InvalidFieldException naming what is missing, or does not go together
     */
    public ObstatClient connect() {
        Required.present("intake", intake);
        Required.present("decisionService", decisionService);
        Required.present("tokens", tokens);
        if (decisions != null && onQuestion != null) {
            throw new InvalidFieldException(
                    "onQuestion",
                    "does not go with decisionsFrom: questions come from decision-service only; leave one of them out");
        }
        URI decisionAddress = Objects.requireNonNull(decisionService);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeouts.connect())
                .build();
        HttpCalls calls = new HttpCalls(http, Objects.requireNonNull(tokens), timeouts);
        HttpCalls open = new HttpCalls(http, () -> "", timeouts);
        Proof proof = new Proof(
                new JwksSeals(() -> keys(open, decisionAddress), InstantSource.system()),
                agent,
                issuer == null ? Addresses.of(decisionAddress, "").toString() : issuer);
        Decisions source = decisions == null
                ? new HttpDecisions(
                        calls, decisionAddress, onQuestion == null ? question -> Optional.empty() : onQuestion)
                : decisions.apply(proof);
        return new ObstatClient(
                new AgentIdentity(agent, onBehalfOf),
                new ObstatClient.Services(
                        new HttpActions(calls, Objects.requireNonNull(intake), key),
                        source,
                        new HttpGrants(calls, decisionAddress, key),
                        () -> close(http, source)),
                proof,
                patience,
                InstantSource.system());
    }

    private static String keys(HttpCalls open, URI decisionService) throws InterruptedException {
        Reply reply = open.send(Call.get(Addresses.of(decisionService, "/.well-known/jwks.json"), Duration.ZERO));
        if (reply.status() != 200) {
            throw Replies.refusal("decision-service", "its keys", reply);
        }
        return reply.body();
    }

    private static void close(HttpClient http, Decisions source) {
        http.shutdownNow();
        if (source instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                System.getLogger(HttpObstat.class.getName())
                        .log(System.Logger.Level.WARNING, "Could not close " + source, e);
            }
        }
    }
}

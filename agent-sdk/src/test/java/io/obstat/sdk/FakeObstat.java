package io.obstat.sdk;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Claimed.Link;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Required;
import io.obstat.contracts.ReviewId;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.sdk.http.HttpObstat;
import io.obstat.sdk.http.TokenSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * request-intake and decision-service at their HTTP boundary, as strict as the real ones about what they take: a call that is not exactly by
 * the contract is refused and kept in {@link #violations}.
 */
public final class FakeObstat implements AutoCloseable {

    public static final AgentId AGENT = new AgentId("etl-agent");

    public final Signer signer = new Signer("key-1");
    public final List<String> calls = new CopyOnWriteArrayList<>();
    public final List<String> violations = new CopyOnWriteArrayList<>();

    /** The question that each poll knew of, for those that knew of one. */
    public final List<String> seen = new CopyOnWriteArrayList<>();

    /** The header {@code DPoP} of every call that had one, behind its method and path. */
    public final List<String> proofs = new CopyOnWriteArrayList<>();

    public final List<String> reports = new CopyOnWriteArrayList<>();
    public final List<String> misuses = new CopyOnWriteArrayList<>();
    public final Map<ActionId, ActionDigest> asked = new ConcurrentHashMap<>();
    public final Map<String, ActionId> redeemed = new ConcurrentHashMap<>();
    public volatile Decider decider = new Decider(signer, Instant.now());
    public volatile @Nullable Outcome outcome = Outcome.ALLOWED;
    public volatile String goodToken = "token-1";
    public volatile @Nullable String redemptionRefusedAs;

    /** What a 503 says of itself, in seconds; 0 when nothing. */
    public volatile int retryAfterS;

    /** Whether a poll is held until there is news. */
    public volatile boolean holds = true;

    public final Map<ReviewId, String> questions = new ConcurrentHashMap<>();
    public final List<String> answers = new CopyOnWriteArrayList<>();

    private final Map<ActionId, Decision> decisions = new ConcurrentHashMap<>();
    private final Deque<Trouble> troubles = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    /** What goes wrong with the next call whose path contains a text. */
    public enum Kind {
        /** The connection breaks before anything is done. */
        LOST_REQUEST,
        /** It is done, and the connection breaks before the answer. */
        LOST_ANSWER,
        /** 503. */
        UNAVAILABLE
    }

    private record Trouble(String path, Kind kind) {}

    private record Reply(int status, Object body) {}

    record Asked(
            ActionType type,
            String resource,
            String environment,
            Parameters parameters,
            String intent,
            @Nullable String run,
            @Nullable String model,
            List<Link> links,
            @Nullable String diff,
            @Nullable Instant deadline) {}

    record Answered(ReviewId question, String answer) {}

    record Presented(String grant, ActionDigest digest) {}

    record Outcomes(String result, @Nullable String summary) {}

    public FakeObstat() {
        server = start(0);
    }

    /** Short pauses and long patience: a test ends as soon as there is an answer, on a busy machine too. */
    public HttpObstat connection() {
        return HttpObstat.agent(AGENT.value())
                .intake(address())
                .decisionService(address())
                .issuer(Decider.ISSUER)
                .tokens(() -> goodToken)
                .timeouts(Duration.ofSeconds(30), Duration.ofSeconds(30))
                .retrying(Duration.ofSeconds(30), Duration.ofMillis(10))
                .patience(Duration.ofSeconds(60));
    }

    public HttpObstat connection(TokenSource tokens) {
        return connection().tokens(tokens);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public synchronized void trouble(String path, Kind kind, int times) {
        for (int i = 0; i < times; i++) {
            troubles.add(new Trouble(path, kind));
        }
    }

    /** Decides what waits. */
    public void decide(ActionId id, Outcome how) {
        decisions.put(id, decider.decide(id, Objects.requireNonNull(asked.get(id)), AGENT, how));
    }

    public void decision(ActionId id, Decision decision) {
        decisions.put(id, decision);
    }

    public int stop() {
        int port = server.getAddress().getPort();
        server.stop(0);
        return port;
    }

    public void startAgain(int port) {
        server = start(port);
    }

    private HttpServer start(int port) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            started.setExecutor(threads);
            started.createContext("/", this::handle);
            started.start();
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        calls.add(call);
        Kind kind = next(call);
        if (kind == Kind.LOST_REQUEST) {
            exchange.close();
            return;
        }
        if (kind == Kind.UNAVAILABLE && retryAfterS > 0) {
            exchange.getResponseHeaders().add("Retry-After", String.valueOf(retryAfterS));
        }
        Reply reply;
        try {
            reply = kind == Kind.UNAVAILABLE ? new Reply(503, Map.of("title", "Away")) : answer(exchange, call);
        } catch (MalformedJsonException | InvalidFieldException e) {
            violations.add(call + ": " + e.getMessage());
            reply = new Reply(400, Map.of("title", "Bad request", "detail", e.getMessage()));
        } catch (InterruptedException e) {
            reply = new Reply(503, Map.of("title", "Stopping"));
        }
        if (kind == Kind.LOST_ANSWER) {
            exchange.close();
            return;
        }
        byte[] body = Json.write(reply.body());
        exchange.getResponseHeaders()
                .add("Content-Type", reply.status() < 400 ? "application/json" : "application/problem+json");
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized @Nullable Kind next(String call) {
        Trouble trouble = troubles.peek();
        return trouble != null && call.contains(trouble.path())
                ? troubles.remove().kind()
                : null;
    }

    private Reply answer(HttpExchange exchange, String call) throws IOException, InterruptedException {
        if (call.equals("GET /.well-known/jwks.json")) {
            return new Reply(200, Map.of("keys", List.of(signer.jwk())));
        }
        if (!("Bearer " + goodToken).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            return new Reply(401, Map.of("title", "Unauthorized", "detail", "Get a new token."));
        }
        String proof = exchange.getRequestHeaders().getFirst("DPoP");
        if (proof != null) {
            proofs.add(call + " " + proof);
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (body.length > 0
                && !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            violations.add(call + ": no JSON content type");
        }
        String path = exchange.getRequestURI().getPath();
        return switch (exchange.getRequestMethod() + " " + path.replaceFirst("(act|grt)_[a-z2-7]{26}", "ID")) {
            case "POST /v1/actions" -> ask(exchange, Json.readStrict(body, Asked.class));
            case "DELETE /v1/actions/ID" -> withdraw(new ActionId(path.substring(path.lastIndexOf('/') + 1)));
            case "GET /v1/decisions/ID" -> poll(exchange, new ActionId(path.substring(path.lastIndexOf('/') + 1)));
            case "POST /v1/decisions/ID/answers" ->
                answered(new ActionId(path.split("/", -1)[3]), Json.readStrict(body, Answered.class));
            case "POST /v1/grants/redeem" -> redeem(Json.readStrict(body, Presented.class));
            case "POST /v1/grants/ID/execution" -> report(path, Json.readStrict(body, Outcomes.class));
            default -> {
                violations.add(call + ": no such thing");
                yield new Reply(404, Map.of("title", "Not found"));
            }
        };
    }

    private Reply ask(HttpExchange exchange, Asked body) throws InterruptedException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (key == null || key.isBlank()) {
            violations.add("POST /v1/actions without Idempotency-Key");
            return new Reply(400, Map.of("title", "No key"));
        }
        new Claimed(body.intent(), body.run(), body.model(), body.links(), body.diff());
        Action action = new Action(body.type(), body.resource(), body.environment(), body.parameters());
        ActionId id = ActionId.derive(AGENT, key);
        ActionDigest digest = ActionDigest.of(AGENT, null, action);
        ActionDigest before = asked.putIfAbsent(id, digest);
        if (before != null && !before.equals(digest)) {
            return new Reply(
                    422,
                    Map.of(
                            "title", "Key used for another action",
                            "detail", "Use a new key.",
                            "errors", List.of(Map.of("field", "Idempotency-Key", "detail", "names another action"))));
        }
        Outcome how = outcome;
        if (how != null && !decisions.containsKey(id)) {
            decide(id, how);
        }
        String prefer = exchange.getRequestHeaders().getFirst("Prefer");
        if (prefer != null && !prefer.matches("wait=[1-9][0-9]?")) {
            violations.add("Prefer: " + prefer);
        }
        Decision decision = prefer == null ? null : decisions.get(id);
        return decision == null
                ? new Reply(202, Map.of("id", id, "digest", digest, "status", "pending", "links", Map.of()))
                : new Reply(
                        200,
                        Map.of(
                                "id",
                                id,
                                "digest",
                                digest,
                                "status",
                                "decided",
                                "decision",
                                decision,
                                "links",
                                Map.of()));
    }

    private Reply withdraw(ActionId id) {
        if (decisions.containsKey(id)) {
            return new Reply(409, Map.of("title", "Already decided", "detail", "It is too late to withdraw."));
        }
        decide(id, Outcome.WITHDRAWN);
        return new Reply(202, Map.of());
    }

    private Reply poll(HttpExchange exchange, ActionId id) throws InterruptedException {
        String query = exchange.getRequestURI().getQuery();
        if (query == null || !query.matches("wait=([0-9]|[1-5][0-9]|60)(&seen=rev_[a-z2-7]{26})?")) {
            violations.add("GET decision with " + query);
            return new Reply(400, Map.of("title", "Bad wait"));
        }
        String[] parts = query.split("[=&]", -1);
        if (parts.length > 2) {
            seen.add(parts[3]);
        }
        long deadline =
                System.nanoTime() + Duration.ofSeconds(Long.parseLong(parts[1])).toNanos();
        while (holds && !decisions.containsKey(id) && questions.isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(5);
        }
        Decision decision = decisions.get(id);
        if (decision != null) {
            return new Reply(200, decision);
        }
        return asked.containsKey(id)
                ? new Reply(202, questions.isEmpty() ? Map.of("status", "pending") : pending())
                : new Reply(404, Map.of("title", "Unknown"));
    }

    private Map<String, Object> pending() {
        return Map.of(
                "status",
                "pending",
                "questions",
                questions.entrySet().stream()
                        .map(question ->
                                Map.of("id", question.getKey(), "text", question.getValue(), "askedAt", Instant.now()))
                        .toList());
    }

    private Reply answered(ActionId id, Answered body) {
        if (!asked.containsKey(id)) {
            violations.add("answer on " + id);
            return new Reply(404, Map.of("title", "Unknown"));
        }
        Required.text("answer", body.answer(), 2_000);
        if (questions.remove(body.question()) == null) {
            return new Reply(409, Map.of("title", "Answered already"));
        }
        answers.add(body.answer());
        return new Reply(201, Map.of());
    }

    private synchronized Reply redeem(Presented presented) {
        JsonNode claims = Signer.claims(presented.grant());
        String id = claims.path("jti").asText();
        if (!claims.path("action_digest").asText().equals(presented.digest().value())) {
            misuses.add("digest-differs");
            return problem(403, "digest-differs", "This grant is for another action.");
        }
        String refused = redemptionRefusedAs;
        if (refused != null) {
            misuses.add(refused);
            return problem(409, refused, "This grant is refused as " + refused + ".");
        }
        if (redeemed.putIfAbsent(id, new ActionId(claims.path("action_id").asText())) != null) {
            misuses.add("already-redeemed");
            return problem(409, "already-redeemed", "This grant was redeemed before; ask again.");
        }
        return new Reply(
                200, Map.of("grantId", id, "actionId", claims.path("action_id").asText(), "redeemedAt", Instant.now()));
    }

    private static Reply problem(int status, String cause, String detail) {
        return new Reply(status, Map.of("title", "Refused", "detail", detail, "cause", cause));
    }

    private Reply report(String path, Outcomes outcomes) {
        String grant = path.split("/", -1)[3];
        if (!redeemed.containsKey(grant) || !List.of("succeeded", "failed").contains(outcomes.result())) {
            violations.add("report of " + outcomes + " on " + grant);
            return new Reply(409, Map.of("title", "Not redeemed"));
        }
        // As decision-service, whose text must be fit for PostgreSQL.
        Required.optionalText("summary", outcomes.summary(), 1_000);
        reports.add(outcomes.result() + (outcomes.summary() == null ? "" : ": " + outcomes.summary()));
        return new Reply(201, Map.of());
    }

    /** The paths that were called, in order. */
    public List<String> paths() {
        var paths = new ArrayList<String>();
        calls.forEach(call -> paths.add(call.replaceFirst("\\?.*", "").replaceFirst("(act|grt)_[a-z2-7]{26}", "ID")));
        return paths;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

package io.obstat.local.chat;

import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Changes;
import io.obstat.local.chat.http.Reply;
import io.obstat.local.chat.mail.FakeMailbox;
import io.obstat.local.chat.page.ChatPage;
import io.obstat.local.chat.slack.FakeSlack;
import io.obstat.local.chat.teams.FakeTeams;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A Slack and a Microsoft Teams of our own, on one port of the loopback interface, a mailbox that takes mail on another, and a page to watch them.
 * Everything is in memory.
 *
 * <pre>{@code
 * try (FakeChat chat = FakeChat.start(FakeChatSettings.standard())) {
 *     chat.slack().interactivity(URI.create("http://localhost:8083/v1/slack/interactions"));
 *     …
 *     chat.slack().click("U0REVIEWER", "C0DATA", ts, "approve");
 * }
 * }</pre>
 *
 * <p>Under {@code /slack/api/} lies the Web API, under {@code /login/} Entra's token endpoint, under {@code /botframework/} the metadata by which
 * bots check who calls them, under {@code /teams/} the Bot Connector, and the rest is the page.
 */
public final class FakeChat implements AutoCloseable {

    private static final int LARGEST_FRAME = 1 << 20;

    private final Vertx vertx;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final FakeSlack slack;
    private final FakeTeams teams;
    private final FakeMailbox mailbox;
    private final ChatPage page;

    private FakeChat(FakeChatSettings settings, InstantSource clock) {
        AtomicReference<String> url = new AtomicReference<>("");
        Changes changes = new Changes();
        slack = new FakeSlack(settings, url::get, clock, changes);
        teams = new FakeTeams(settings, url::get, clock, changes);
        mailbox = FakeMailbox.start(settings.mailPort());
        page = new ChatPage(settings, slack, teams, mailbox, changes);
        // Where Quarkus runs in the same process, as in tests, it has turned web sockets off for all.
        System.clearProperty("vertx.disableWebsockets");
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(2));
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(settings.port())
                // HTTP/1.1 only: each connection carries one call at a time, so that it can be closed instead of an
                // answer.
                .setHttp2ClearTextEnabled(false)
                .setMaxWebSocketFrameSize(LARGEST_FRAME)
                .setMaxWebSocketMessageSize(LARGEST_FRAME)
                .setIdleTimeout(0));
        server.webSocketHandler(slack::connect);
        server.requestHandler(this::read);
        try {
            server.listen().toCompletionStage().toCompletableFuture().join();
        } catch (RuntimeException e) {
            vertx.close();
            mailbox.close();
            throw new IllegalStateException("The fake chat cannot listen on port %d".formatted(settings.port()), e);
        }
        url.set("http://localhost:" + server.actualPort());
    }

    /** Starts both chats; they are there when this returns. */
    public static FakeChat start(FakeChatSettings settings) {
        return start(settings, InstantSource.system());
    }

    /** The same by another clock, for what gets old: trigger ids, response URLs, tokens, rates. */
    public static FakeChat start(FakeChatSettings settings, InstantSource clock) {
        return new FakeChat(settings, clock);
    }

    public int port() {
        return server.actualPort();
    }

    /** Without a slash at the end. */
    public String url() {
        return "http://localhost:" + port();
    }

    public FakeSlack slack() {
        return slack;
    }

    public FakeTeams teams() {
        return teams;
    }

    public FakeMailbox mailbox() {
        return mailbox;
    }

    private void read(HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        request.body().onSuccess(body -> {
            Call call = call(request, body);
            threads.execute(() -> {
                Reply reply = answer(call);
                context.runOnContext(now -> write(request, reply));
            });
        });
    }

    private static Call call(HttpServerRequest request, Buffer body) {
        Map<String, String> headers = new TreeMap<>();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return new Call(request.method().name(), request.uri(), headers, new Call.Body(body.getBytes()));
    }

    private Reply answer(Call call) {
        try {
            List<String> path = call.path();
            return switch (path.isEmpty() ? "" : path.getFirst()) {
                case "slack" -> slack.answer(call);
                case "teams", "login", "botframework" -> teams.answer(call);
                default -> page.answer(call);
            };
        } catch (RuntimeException e) {
            // A fault of the fake's own: the caller learns it, and the log has the rest.
            e.printStackTrace();
            return Reply.text(500, "The fake chat failed: " + e);
        }
    }

    private static void write(HttpServerRequest request, Reply reply) {
        if (request.response().closed()) {
            return;
        }
        if (reply.status() == 0) {
            request.connection().close();
            return;
        }
        reply.headers().forEach(request.response()::putHeader);
        request.response()
                .setStatusCode(reply.status())
                .end(Buffer.buffer(reply.body().bytes()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        mailbox.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

package io.obstat.notifier.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.json.Json;
import io.obstat.notifier.Directory;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The directory, as decision-service tells of it. Each answer is there or has failed within {@link #PATIENCE} after the token is. */
public final class HttpDirectory implements Directory {

    private static final Logger LOG = Logger.getLogger(HttpDirectory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** What decision-service answers for an action that it has not heard of. */
    private static final String NOT_FOUND = "urn:obstat:problem:not-found";

    private final WebClient client;
    private final String url;
    private final Supplier<Uni<String>> token;
    private final Duration patience;

    /**
     * @param url of decision-service
     * @param token an access token that is good now
     */
    public HttpDirectory(Vertx vertx, URI url, Supplier<Uni<String>> token) {
        this(vertx, url, token, PATIENCE);
    }

    HttpDirectory(Vertx vertx, URI url, Supplier<Uni<String>> token, Duration patience) {
        // Whoever asked has given up by then. The connection would wait on, and there are only so many.
        Duration silence = patience.multipliedBy(2);
        client = WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout((int) patience.toMillis())
                        .setIdleTimeout((int) silence.toMillis())
                        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
        this.url = url.toString().replaceFirst("/$", "");
        this.token = token;
        this.patience = patience;
    }

    @Override
    public CompletionStage<Optional<Audience>> audience(ActionId action) {
        return get("/v1/approvals/%s/audience".formatted(action), Audience.class);
    }

    @Override
    public CompletionStage<Optional<Standing>> standing(ActionId action, String authority, String subject) {
        return get(
                "/v1/approvals/%s/standing?authority=%s&subject=%s"
                        .formatted(action, encoded(authority), encoded(subject)),
                Standing.class);
    }

    private <T> CompletionStage<Optional<T>> get(String path, Class<T> type) {
        return token.get()
                .chain(bearer -> client.getAbs(url + path)
                        .bearerTokenAuthentication(bearer)
                        .send()
                        .ifNoItem()
                        .after(patience)
                        .failWith(() -> new IllegalStateException("%s did not answer within %d ms; it is asked again"
                                .formatted(url, patience.toMillis()))))
                .map(answer -> read(answer, type))
                .onFailure()
                .invoke(e -> LOG.warnf("The directory cannot be asked: %s", e.getMessage()))
                .subscribeAsCompletionStage();
    }

    private <T> Optional<T> read(HttpResponse<Buffer> answer, Class<T> type) {
        int status = answer.statusCode();
        if (status == 200) {
            return Optional.of(Json.readEvent(answer.body().getBytes(), type));
        }
        if (status == 404 && NOT_FOUND.equals(problemType(answer))) {
            return Optional.empty();
        }
        String remedy = switch (status) {
            case 404 -> "it is to be the address of decision-service, without a path";
            case 401, 403 ->
                "the notifier's client needs the audience obstat and the group of notifiers (obstat.decision.notifier-group)";
            default -> "it is asked again";
        };
        throw new IllegalStateException("%s answers %d; %s".formatted(url, status, remedy));
    }

    /** SPEC: RFC 9457 §3.1.1. Null for any other page that is not there, as another service's would be. */
    private static @Nullable String problemType(HttpResponse<Buffer> answer) {
        try {
            return answer.bodyAsJsonObject().getString("type");
        } catch (RuntimeException e) {
            return null;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

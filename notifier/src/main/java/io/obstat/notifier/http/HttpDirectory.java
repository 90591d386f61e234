package io.obstat.notifier.http;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.json.Json;
import io.obstat.notifier.Directory;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The directory, as decision-service tells of it. */
public final class HttpDirectory implements Directory {

    private static final Logger LOG = Logger.getLogger(HttpDirectory.class);
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final WebClient client;
    private final String url;
    private final Supplier<Uni<String>> token;

    /**
     * @param url of decision-service
     * @param token an access token that is good now
     */
    public HttpDirectory(WebClient client, URI url, Supplier<Uni<String>> token) {
        this.client = client;
        this.url = url.toString().replaceFirst("/$", "");
        this.token = token;
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
                        .timeout(PATIENCE.toMillis())
                        .send())
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
        if (status == 404 && saysThatThereIsNone(answer)) {
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

    /** Any other page that is not there is another service's. */
    private static boolean saysThatThereIsNone(HttpResponse<Buffer> answer) {
        return String.valueOf(answer.bodyAsString()).contains("There is no approval");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

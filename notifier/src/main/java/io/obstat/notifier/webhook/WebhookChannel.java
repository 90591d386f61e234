package io.obstat.notifier.webhook;

import io.obstat.notifier.Approval;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.Channel;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Errand;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Recipient;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientResponse;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Sends notices as signed webhooks. Each try resolves the host anew, checks every address it resolves to, and connects to one that was
 * checked, so that a name which changes its address in between (DNS rebinding) leads nowhere. No redirect is followed and no answer body
 * is read.
 */
public final class WebhookChannel implements Channel {

    public static final String NAME = "webhook";

    private final HttpClient client;
    private final Map<String, Endpoint> endpoints;
    private final Duration timeout;
    private final InstantSource clock;

    /**
     * @param client does not keep connections; follows no redirects
     * @param timeout for one try as a whole, resolving and connecting included
     */
    public WebhookChannel(HttpClient client, List<Endpoint> endpoints, Duration timeout, InstantSource clock) {
        this.client = client;
        this.endpoints = endpoints.stream().collect(Collectors.toUnmodifiableMap(Endpoint::id, Function.identity()));
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Recipient> recipients(Notice notice, Approval approval) {
        return endpoints.values().stream()
                .filter(endpoint -> endpoint.kinds().contains(notice.kind()))
                .map(endpoint -> new Recipient(NAME, endpoint.id()))
                .toList();
    }

    @Override
    public boolean tellsPeople() {
        return false;
    }

    @Override
    public Optional<String> nameOf(Directory.Keys keys) {
        return Optional.empty();
    }

    /** So that one notice that a receiver chokes on holds up no other. */
    @Override
    public boolean inOrder() {
        return false;
    }

    @Override
    public CompletionStage<Attempt> deliver(Errand errand) {
        Endpoint endpoint = endpoints.get(errand.recipient().name());
        if (endpoint == null) {
            return CompletableFuture.completedFuture(new Attempt.Forbidden("The endpoint %s is configured no more"
                    .formatted(errand.recipient().name())));
        }
        return resolved(endpoint)
                .flatMap(addresses -> send(endpoint, addresses, errand.id(), errand.notice()))
                .ifNoItem()
                .after(timeout)
                .recoverWithItem(() -> new Attempt.Troubled("No answer within %s".formatted(timeout), null))
                .onFailure()
                .recoverWithItem(WebhookChannel::trouble)
                .subscribeAsCompletionStage();
    }

    private static Uni<List<InetAddress>> resolved(Endpoint endpoint) {
        return Uni.createFrom()
                .item(() -> addresses(endpoint.url().getHost()))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static List<InetAddress> addresses(String host) {
        try {
            return Arrays.asList(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new UnresolvedHostException(host, e);
        }
    }

    private Uni<Attempt> send(Endpoint endpoint, List<InetAddress> addresses, DeliveryId id, Notice notice) {
        // INVARIANT: nothing is sent to an address that was not checked; one bad address among good ones is enough to
        // send nothing.
        if (!endpoint.host().allowsPrivateAddresses() && !addresses.stream().allMatch(PublicAddress::is)) {
            return Uni.createFrom()
                    .item(new Attempt.Forbidden(
                            "The host %s resolves to a private address; set privateAddresses: true on it if that is meant"
                                    .formatted(endpoint.host().host())));
        }
        Instant now = clock.instant();
        byte[] body = WebhookBody.of(notice);
        return client.request(request(endpoint, addresses.getFirst(), id, now, body))
                .flatMap(request -> request.send(Buffer.buffer(body)))
                .map(answer -> read(answer, now));
    }

    private RequestOptions request(Endpoint endpoint, InetAddress address, DeliveryId id, Instant now, byte[] body) {
        return new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), address.getHostAddress()))
                .setHost(endpoint.url().getHost())
                .setPort(endpoint.port())
                .setSsl(endpoint.isTls())
                .setMethod(HttpMethod.POST)
                .setURI(endpoint.target())
                .setTimeout(timeout.toMillis())
                .setFollowRedirects(false)
                .putHeader("content-type", "application/json")
                .putHeader("user-agent", "obstat")
                .putHeader("webhook-id", id.value())
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .putHeader("webhook-signature", endpoint.secret().sign(id.value(), now, body));
    }

    private static Attempt read(HttpClientResponse answer, Instant now) {
        Attempt attempt = WebhookAnswer.read(answer.statusCode(), answer.getHeader("retry-after"), now);
        answer.request().connection().closeAndForget();
        return attempt;
    }

    private static Attempt trouble(Throwable failure) {
        String message = failure.getMessage();
        String problem = failure instanceof UnresolvedHostException
                ? String.valueOf(message)
                : "Not reachable: " + (message == null ? failure.getClass().getSimpleName() : message);
        return new Attempt.Troubled(problem.substring(0, Math.min(problem.length(), Attempt.LONGEST_PROBLEM)), null);
    }

    private static final class UnresolvedHostException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UnresolvedHostException(String host, Throwable cause) {
            super("The host %s has no address".formatted(host), cause);
        }
    }
}

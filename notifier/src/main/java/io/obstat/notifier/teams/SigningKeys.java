package io.obstat.notifier.teams;

import io.obstat.contracts.InvalidFieldException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The keys that the Bot Connector signs with, as its OpenID metadata names them. Fetched when first asked for, kept for 24 hours, and fetched
 * before that when a token names a key that is not among them, at most once an hour. A fetch that failed is tried again after ten seconds at
 * the earliest; until one works nobody is let in.
 *
 * <p>SPEC: "Authentication with the Bot Connector API", Connector to bot, steps 2 and 3.
 */
public final class SigningKeys implements AutoCloseable {

    /** The public cloud's. Static, as the specification says. */
    public static final URI METADATA = URI.create("https://login.botframework.com/v1/.well-known/openidconfiguration");

    static final Duration KEPT = Duration.ofHours(24);
    static final Duration UNKNOWN_KEY_PAUSE = Duration.ofHours(1);
    static final Duration FAILURE_PAUSE = Duration.ofSeconds(10);

    private final URI metadata;
    private final HttpJson http;
    private final InstantSource clock;

    private final Object lock = new Object();
    private @Nullable KeysDocument known;
    private Instant fetchedAt = Instant.MIN;
    private Lookup.@Nullable Unavailable failure;
    private Instant failedAt = Instant.MIN;
    private @Nullable CompletableFuture<Lookup.@Nullable Unavailable> underWay;

    /** What is known about a key. */
    sealed interface Lookup {

        record Found(KeysDocument document, KeysDocument.Key key) implements Lookup {}

        /** The document does not have it. */
        record Unknown() implements Lookup {}

        /** It cannot be told now. */
        record Unavailable(String problem) implements Lookup {}
    }

    /**
     * @param metadata the OpenID metadata document; {@code https}, or {@code http} on this machine
     * @param timeout for each of the two documents
     * @throws InvalidFieldException when the address is another one
     */
    public SigningKeys(URI metadata, Duration timeout, InstantSource clock) {
        if (Origin.of(metadata).filter(Origin::safe).isEmpty()) {
            throw new InvalidFieldException(
                    Settings.METADATA_URL,
                    "is '%s'; keys that travel in the clear prove nothing, so write https (http is for this machine only)"
                            .formatted(metadata));
        }
        this.metadata = metadata;
        this.http = new HttpJson(timeout);
        this.clock = clock;
    }

    CompletionStage<Lookup> find(String keyId) {
        CompletableFuture<Lookup.@Nullable Unavailable> fetch;
        boolean ours = false;
        synchronized (lock) {
            Instant now = clock.instant();
            KeysDocument document = known;
            if (document != null && now.isBefore(fetchedAt.plus(KEPT))) {
                KeysDocument.Key key = document.keys().get(keyId);
                if (key != null) {
                    return CompletableFuture.completedFuture(new Lookup.Found(document, key));
                }
                // Anybody can make up a key id; that must not make us a burden to the issuer.
                if (now.isBefore(fetchedAt.plus(UNKNOWN_KEY_PAUSE))) {
                    return CompletableFuture.completedFuture(new Lookup.Unknown());
                }
            }
            if (underWay == null) {
                if (failure != null && now.isBefore(failedAt.plus(FAILURE_PAUSE))) {
                    return CompletableFuture.completedFuture(failure);
                }
                underWay = new CompletableFuture<>();
                ours = true;
            }
            fetch = underWay;
        }
        if (ours) {
            fetch(fetch);
        }
        return fetch.thenApply(unavailable -> unavailable == null ? inFetched(keyId) : unavailable);
    }

    private Lookup inFetched(String keyId) {
        synchronized (lock) {
            KeysDocument.Key key = known == null ? null : known.keys().get(keyId);
            return known == null || key == null ? new Lookup.Unknown() : new Lookup.Found(known, key);
        }
    }

    private void fetch(CompletableFuture<Lookup.@Nullable Unavailable> waiting) {
        CompletableFuture.completedFuture(metadata)
                .thenCompose(url -> http.send(get(url)))
                .thenApply(answer -> KeysDocument.Metadata.read(metadata, answer))
                .thenCompose(found -> http.send(get(found.keysUrl())).thenApply(found::keys))
                .whenComplete((document, failed) -> waiting.complete(settle(document, failed)));
    }

    private Lookup.@Nullable Unavailable settle(@Nullable KeysDocument document, @Nullable Throwable failed) {
        synchronized (lock) {
            underWay = null;
            if (document != null) {
                known = document;
                fetchedAt = clock.instant();
                failure = null;
            } else {
                failedAt = clock.instant();
                failure = new Lookup.Unavailable(
                        "The keys of the Bot Connector could not be fetched by %s: %s; see whether it can be reached from here"
                                .formatted(metadata, failed == null ? "no document" : http.problem(failed)));
            }
            return failure;
        }
    }

    private static HttpRequest get(URI uri) {
        return HttpRequest.newBuilder(uri).header("accept", "application/json").build();
    }

    @Override
    public void close() {
        http.close();
    }
}

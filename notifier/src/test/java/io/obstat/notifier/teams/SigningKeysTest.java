package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.Inbound.BOT;
import static io.obstat.notifier.teams.Inbound.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.teams.Admission.Accepted;
import io.obstat.notifier.teams.Admission.Refused;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the keys come from, and for how long: seen through the door that they open. */
class SigningKeysTest {

    private static final AtomicInteger IDS = new AtomicInteger();

    private final FakeTokenIssuer issuer = new FakeTokenIssuer();
    private final SettableClock clock = new SettableClock(NOW);
    private final SigningKeys keys = new SigningKeys(issuer.metadataUrl(), Duration.ofSeconds(30), clock);
    private final ConnectorTokens tokens = new ConnectorTokens(BOT, new ServiceUrls(ServiceUrls.TEAMS), keys, clock);

    @AfterEach
    void close() {
        keys.close();
        issuer.close();
    }

    record Outage(String name, String says, Consumer<FakeTokenIssuer> change) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Outage> outages() {
        return Stream.of(
                new Outage("metadata answers 500", "answered 500", issuer -> issuer.metadataStatus = 500),
                new Outage("metadata answers 404", "answered 404", issuer -> issuer.metadataStatus = 404),
                new Outage("metadata redirects", "answered 302", issuer -> issuer.metadataStatus = 302),
                new Outage("metadata is HTML", "without a JSON object", issuer -> issuer.garbage = "<html>"),
                new Outage("metadata is empty", "id_token_signing_alg", issuer -> issuer.garbage = "{}"),
                new Outage("no algorithm", "id_token_signing_alg", issuer -> issuer.algorithms = List.of()),
                new Outage("no jwks_uri", "not at the scheme", issuer -> issuer.keysUrl = ""),
                new Outage(
                        "jwks on another host",
                        "not at the scheme",
                        issuer -> issuer.keysUrl = issuer.url("127.0.0.1", "/v1/.well-known/keys")),
                new Outage(
                        "jwks on another port",
                        "not at the scheme",
                        issuer -> issuer.keysUrl = "http://localhost:1/keys"),
                new Outage(
                        "jwks by another scheme",
                        "not at the scheme",
                        issuer -> issuer.keysUrl = issuer.keysUrl.replace("http:", "https:")),
                new Outage(
                        "jwks with user information",
                        "not at the scheme",
                        issuer -> issuer.keysUrl = issuer.keysUrl.replace("localhost", "localhost@evil.com")),
                new Outage("keys answer 503", "answered 503", issuer -> issuer.keysStatus = 503),
                new Outage("no keys", "no RSA key", issuer -> issuer.withdraw(FakeTokenIssuer.KEY_ID)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("outages")
    void shouldRefuseWith503WithoutKeysAndRecover(Outage outage) {
        // Given
        outage.change().accept(issuer);
        // When
        Admission during = admit(FakeTokenIssuer.KEY_ID);
        // Then
        assertThat(during).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.rule()).isEqualTo(Rule.METADATA);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.why()).contains(outage.says());
        });
        // When the issuer is well again
        heal();
        clock.advance(SigningKeys.FAILURE_PAUSE.minusMillis(1));
        Admission early = admit(FakeTokenIssuer.KEY_ID);
        int fetchesBefore = issuer.metadataFetches.get();
        clock.advance(Duration.ofMillis(1));
        Admission after = admit(FakeTokenIssuer.KEY_ID);
        // Then
        assertThat(early).isEqualTo(during);
        assertThat(fetchesBefore).isEqualTo(1);
        assertThat(after).isInstanceOf(Accepted.class);
    }

    @Test
    void shouldRefuseWith503WhenNobodyListens() {
        // Given
        issuer.close();
        // When
        Admission admission = admit(FakeTokenIssuer.KEY_ID);
        // Then
        assertThat(admission)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(503));
    }

    @Test
    void shouldNotBlockWhileTheMetadataHangsAndGiveUpInTheEnd() {
        // Given
        issuer.gate = new CountDownLatch(1);
        try (var impatient = new SigningKeys(issuer.metadataUrl(), Duration.ofMillis(300), clock)) {
            var door = new ConnectorTokens(BOT, new ServiceUrls(ServiceUrls.TEAMS), impatient, clock);
            var inbound = new Inbound();
            // When
            CompletableFuture<Admission> admission =
                    door.admit(inbound.header(), inbound.read()).toCompletableFuture();
            boolean doneAtOnce = admission.isDone();
            // Then
            assertThat(doneAtOnce).isFalse();
            assertThat(joined(admission)).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.why()).contains("no answer within PT0.3S");
            });
        }
    }

    @Test
    void shouldFetchOnceForAllWhoWait() {
        // Given
        issuer.gate = new CountDownLatch(1);
        List<CompletableFuture<Admission>> waiting = IntStream.range(0, 50)
                .mapToObj(i -> {
                    var inbound = inbound(FakeTokenIssuer.KEY_ID);
                    return tokens.admit(inbound.header(), inbound.read()).toCompletableFuture();
                })
                .toList();
        // When
        issuer.gate.countDown();
        // Then
        assertThat(waiting)
                .allSatisfy(admission -> assertThat(joined(admission)).isInstanceOf(Accepted.class));
        assertThat(issuer.metadataFetches).hasValue(1);
    }

    @Test
    void shouldFollowARotationWithinTheHourAndForgetWhatIsWithdrawn() {
        // Given
        assertThat(admit(FakeTokenIssuer.KEY_ID)).isInstanceOf(Accepted.class);
        issuer.withdraw(FakeTokenIssuer.KEY_ID);
        issuer.publish("new-key", FakeTokenIssuer.OTHER_KEY, "msteams");
        // When
        clock.advance(SigningKeys.UNKNOWN_KEY_PAUSE.minusMillis(1));
        List<Admission> early =
                IntStream.range(0, 20).mapToObj(i -> admit("new-key")).toList();
        int fetchesBefore = issuer.metadataFetches.get();
        clock.advance(Duration.ofMillis(1));
        Admission after = admit("new-key");
        Admission old = admit(FakeTokenIssuer.KEY_ID);
        // Then
        assertThat(early)
                .allSatisfy(admission -> assertThat(admission)
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.rule()).isEqualTo(Rule.KEY)));
        assertThat(fetchesBefore).isEqualTo(1);
        assertThat(after).isInstanceOf(Accepted.class);
        assertThat(old)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.KEY));
        assertThat(issuer.metadataFetches).hasValue(2);
    }

    @Test
    void shouldNotTakeAKeyUnderTheSameIdForTheOldOne() {
        // Given
        assertThat(admit(FakeTokenIssuer.KEY_ID)).isInstanceOf(Accepted.class);
        issuer.publish(FakeTokenIssuer.KEY_ID, FakeTokenIssuer.OTHER_KEY, "msteams");
        // When
        clock.advance(SigningKeys.KEPT.minusMillis(1));
        Admission still = admit(FakeTokenIssuer.KEY_ID);
        clock.advance(Duration.ofMillis(1));
        Admission after = admit(FakeTokenIssuer.KEY_ID);
        // Then
        assertThat(still).isInstanceOf(Accepted.class);
        assertThat(after)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.SIGNATURE));
        assertThat(issuer.metadataFetches).hasValue(2);
    }

    @Test
    void shouldLetNobodyInWithKeysThatAreTooOld() {
        // Given
        assertThat(admit(FakeTokenIssuer.KEY_ID)).isInstanceOf(Accepted.class);
        issuer.metadataStatus = 500;
        // When
        clock.advance(SigningKeys.KEPT);
        Admission admission = admit(FakeTokenIssuer.KEY_ID);
        // Then
        assertThat(admission)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.METADATA));
    }

    @Test
    void shouldServeKnownKeysWhileOneThatIsUnknownCannotBeFetched() {
        // Given
        assertThat(admit(FakeTokenIssuer.KEY_ID)).isInstanceOf(Accepted.class);
        issuer.metadataStatus = 500;
        clock.advance(SigningKeys.UNKNOWN_KEY_PAUSE);
        // When
        Admission unknown = admit("new-key");
        Admission known = admit(FakeTokenIssuer.KEY_ID);
        // Then
        assertThat(unknown)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.METADATA));
        assertThat(known).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://login.botframework.com/v1/.well-known/keys",
                "https://evil.com/v1/.well-known/keys",
                "https://login.botframework.com.evil.com/v1/.well-known/keys",
                "https://login.botframework.com@evil.com/v1/.well-known/keys",
                "https://login.botframework.com:8443/v1/.well-known/keys",
                "file:///etc/keys",
                "/v1/.well-known/keys"
            })
    void shouldNotFetchMicrosoftsKeysFromElsewhere(String keysUrl) throws JsonProcessingException {
        // Given
        var answer = new HttpJson.Answer(
                200,
                new ObjectMapper()
                        .readTree("{\"jwks_uri\":\"%s\",\"id_token_signing_alg_values_supported\":[\"RS256\"]}"
                                .formatted(keysUrl)),
                null);
        // When / Then
        assertThatThrownBy(() -> KeysDocument.Metadata.read(SigningKeys.METADATA, answer))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("jwks_uri");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://login.botframework.com/metadata", "ftp://localhost/x", "http://localhost.evil.com/x"})
    void shouldNotBeMadeWithMetadataInTheClear(String metadata) {
        // When / Then
        assertThatThrownBy(() -> new SigningKeys(URI.create(metadata), Duration.ofSeconds(1), clock))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("obstat.notifier.teams.openid-metadata-url");
    }

    private void heal() {
        issuer.metadataStatus = 200;
        issuer.keysStatus = 200;
        issuer.garbage = "";
        issuer.algorithms = List.of("RS256");
        issuer.keysUrl = issuer.url("localhost", "/v1/.well-known/keys");
        issuer.publish(FakeTokenIssuer.KEY_ID, FakeTokenIssuer.KEY, "msteams");
    }

    private Inbound inbound(String keyId) {
        var inbound = new Inbound().id("f:" + IDS.incrementAndGet());
        var key = keyId.equals(FakeTokenIssuer.KEY_ID) ? FakeTokenIssuer.KEY : FakeTokenIssuer.OTHER_KEY;
        inbound.claims.expirationTime(java.util.Date.from(clock.instant().plusSeconds(3600)));
        inbound.token = claims -> FakeTokenIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(keyId).build(), claims, key);
        return inbound;
    }

    private Admission admit(String keyId) {
        var inbound = inbound(keyId);
        return joined(tokens.admit(inbound.header(), inbound.read()).toCompletableFuture());
    }

    private static Admission joined(CompletableFuture<Admission> admission) {
        return admission.orTimeout(30, TimeUnit.SECONDS).join();
    }
}

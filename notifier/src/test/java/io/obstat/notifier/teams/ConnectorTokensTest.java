package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.FakeTokenIssuer.KEY;
import static io.obstat.notifier.teams.Inbound.BOT;
import static io.obstat.notifier.teams.Inbound.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.notifier.teams.Admission.Accepted;
import io.obstat.notifier.teams.Admission.Refused;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectorTokensTest {

    private final FakeTokenIssuer issuer = new FakeTokenIssuer();
    private final SettableClock clock = new SettableClock(NOW);
    private final SigningKeys keys = new SigningKeys(issuer.metadataUrl(), Duration.ofSeconds(30), clock);
    private final ConnectorTokens tokens = new ConnectorTokens(BOT, new ServiceUrls(ServiceUrls.TEAMS), keys, clock);

    @AfterEach
    void close() {
        keys.close();
        issuer.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.obstat.notifier.teams.Forgeries#all")
    void shouldRefuseAForgeryForItsOwnReason(Forgeries.Forgery forgery) {
        // Given
        issuer.publish("bare", KEY);
        issuer.publish("skype-key", KEY, "skype");
        issuer.publish("alike", KEY, "msteams2", "xmsteams");
        issuer.publishRaw("plain", KEY.toPublicJWK().toJSONString().replace("{", "{\"kid\":\"plain\","));
        issuer.publishRaw(
                "enc",
                KEY.toPublicJWK()
                        .toJSONString()
                        .replace("{", "{\"kid\":\"enc\",\"use\":\"enc\",\"endorsements\":[\"msteams\"],"));
        var inbound = new Inbound();
        forgery.change().accept(inbound);
        // When
        Admission admission = admit(inbound);
        // Then
        assertThat(admission).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.rule()).isEqualTo(forgery.rule());
            assertThat(refused.why()).contains(forgery.says());
            assertThat(refused.status())
                    .isEqualTo(forgery.rule() == Rule.BEARER || forgery.rule() == Rule.JWT ? 401 : 403);
        });
        // A forgery that is refused leaves no trace: the good one still is the first.
        assertThat(admit(new Inbound())).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.obstat.notifier.teams.Forgeries#goodOnes")
    void shouldAccept(Forgeries.Forgery good) {
        // Given
        var inbound = new Inbound();
        good.change().accept(inbound);
        // When
        Admission admission = admit(inbound);
        // Then
        assertThat(admission)
                .isEqualTo(new Accepted(new Caller(
                        new ActivityKey(
                                "a:17I0kl9EkpE1O9PH5TWrzrLNwnWWcfrU7QZ",
                                "invoke",
                                "f:9d2b9e4a-0001-4f0e-8f6a-7b3f7b1f1a01"),
                        BOT.tenantId(),
                        "29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQ",
                        "7faf8ab2-3d56-4244-b585-20c8a42ed2b8",
                        inbound.read().getServiceUrl())));
    }

    @Test
    void shouldAcceptTenThousandGoodOnesWithOneFetch() {
        // Given
        var key = new QuickRsaKey();
        issuer.publish("quick", key.publicKey(), "msteams");
        // When
        List<Admission> admissions = IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> {
                    var inbound = new Inbound().id("f:" + i);
                    inbound.claims.jwtID(Integer.toString(i));
                    inbound.token = claims -> key.sign("quick", claims);
                    return admit(inbound);
                })
                .toList();
        // Then
        assertThat(admissions)
                .hasSize(10_000)
                .allSatisfy(admission -> assertThat(admission).isInstanceOf(Accepted.class));
        assertThat(admissions.stream()
                        .map(admission ->
                                ((Accepted) admission).caller().activity().activityId())
                        .collect(Collectors.toSet()))
                .hasSize(10_000);
        assertThat(issuer.metadataFetches).hasValue(1);
        assertThat(issuer.keysFetches).hasValue(1);
    }

    @Test
    void shouldRefuseAReplayForAsLongAsItsTokenLives() {
        // Given
        var inbound = new Inbound();
        Admission first = admit(inbound);
        // When
        Admission repeat = admit(inbound);
        Admission otherConversation = admit(elsewhere());
        clock.advance(Duration.ofSeconds(3600 + 299));
        Admission late = admit(inbound);
        // Then
        assertThat(first).isInstanceOf(Accepted.class);
        assertThat(repeat)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.REPLAY));
        assertThat(otherConversation).isInstanceOf(Accepted.class);
        assertThat(late)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.REPLAY));
    }

    @Test
    void shouldLetTheRepeatInWhenTheFirstWasNotAnswered() {
        // Given
        var inbound = new Inbound();
        var first = (Accepted) admit(inbound);
        // When
        tokens.unanswered(first.caller());
        Admission repeat = admit(inbound);
        // Then
        assertThat(repeat).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("notListed")
    void shouldRefuseWhenTheMetadataListsAnotherAlgorithm(String listed) {
        // Given
        issuer.algorithms = List.of(listed);
        // When
        Admission admission = admit(new Inbound());
        // Then
        assertThat(admission)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.ALGORITHM));
    }

    static Stream<String> notListed() {
        return Stream.of("none", "HS256", "RS384", "rs256");
    }

    private static Inbound elsewhere() {
        var inbound = new Inbound();
        inbound.part("conversation").put("id", "19:another@thread.tacv2");
        return inbound;
    }

    private Admission admit(Inbound inbound) {
        return tokens.admit(inbound.header(), inbound.read())
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}

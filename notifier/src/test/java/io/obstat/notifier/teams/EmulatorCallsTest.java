package io.obstat.notifier.teams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.teams.Admission.Accepted;
import io.obstat.notifier.teams.Admission.Refused;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorCallsTest {

    private static final ServiceUrls LOCAL = new ServiceUrls(List.of("http://localhost:5000/", "http://[::1]:5000"));

    record Mixture(
            boolean flag, @Nullable String appId, @Nullable String secret, ServiceUrls urls, List<String> settings) {}

    static Stream<Mixture> mixtures() {
        String emulator = "obstat.notifier.teams.emulator";
        return Stream.of(
                new Mixture(false, null, null, LOCAL, List.of(emulator, "teams.app", "teams.appSecret")),
                new Mixture(true, "id", null, LOCAL, List.of(emulator, "teams.app is set")),
                new Mixture(true, null, "secret", LOCAL, List.of(emulator, "teams.appSecret is set")),
                new Mixture(
                        true,
                        null,
                        null,
                        new ServiceUrls(ServiceUrls.TEAMS),
                        List.of(emulator, "obstat.notifier.teams.service-url is [https://smba")),
                new Mixture(
                        true,
                        null,
                        null,
                        new ServiceUrls(List.of("http://localhost:5000", "https://127.0.0.1.evil.com")),
                        List.of(emulator, "obstat.notifier.teams.service-url is")));
    }

    @ParameterizedTest
    @MethodSource("mixtures")
    void shouldNotOpenBesideProduction(Mixture mixture) {
        // When / Then
        assertThatThrownBy(() -> EmulatorCalls.open(mixture.flag(), mixture.appId(), mixture.secret(), mixture.urls()))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContainingAll(mixture.settings().toArray(String[]::new));
    }

    @Test
    void shouldLetTheEmulatorInWithoutAToken() {
        // Given
        EmulatorCalls calls = EmulatorCalls.open(true, null, " ", LOCAL);
        var inbound = new Inbound().serviceUrl("http://localhost:5000");
        inbound.activity.put("channelId", "emulator");
        // When
        Admission admission = admit(calls, inbound);
        // Then
        assertThat(admission)
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.caller().tenantId()).isEqualTo("emulator"));
    }

    @Test
    void shouldNotLetTeamsInWithoutAToken() {
        // Given
        EmulatorCalls calls = EmulatorCalls.open(true, null, null, LOCAL);
        var elsewhere = new Inbound();
        elsewhere.activity.put("channelId", "emulator");
        // When
        Admission ofTeams = admit(calls, new Inbound().serviceUrl("http://localhost:5000"));
        Admission toElsewhere = admit(calls, elsewhere);
        // Then
        assertThat(ofTeams)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.CHANNEL));
        assertThat(toElsewhere)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.rule()).isEqualTo(Rule.SERVICE_URL_ALLOWED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "smba.trafficmanager.net",
                "https://smba.trafficmanager.net/amer/",
                "https://u@smba.trafficmanager.net/",
                "https://smba.trafficmanager.net/?a",
                "http://smba.trafficmanager.net/",
                "http://localhost.evil.com/",
                "http://127.0.0.1.evil.com/"
            })
    void shouldNotListWhatIsNoOriginOrIsInTheClear(String url) {
        // When / Then
        assertThatThrownBy(() -> new ServiceUrls(List.of(url)))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("obstat.notifier.teams.service-url has '%s'".formatted(url));
        assertThatThrownBy(() -> new ServiceUrls(List.of())).isInstanceOf(InvalidFieldException.class);
    }

    private static Admission admit(EmulatorCalls calls, Inbound inbound) {
        return calls.admit(null, inbound.read()).toCompletableFuture().join();
    }
}

package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "same-origin, -, inbox.example.com, true",
                "same-origin, https://evil.example.net, inbox.example.com, true",
                "same-site, https://inbox.example.com, inbox.example.com, false",
                "cross-site, -, inbox.example.com, false",
                "none, -, inbox.example.com, false",
                "-, https://inbox.example.com, inbox.example.com, true",
                "-, http://localhost:8084, localhost:8084, true",
                "-, http://localhost:8085, localhost:8084, false",
                "-, null, inbox.example.com, false",
                "-, https://evil.example.net, inbox.example.com, false",
                "-, https://[, inbox.example.com, false",
                "-, https://inbox.example.com, -, false",
                "-, -, inbox.example.com, false",
            })
    void shouldTakeFormsOfOurOwnPagesOnly(String fetchSite, String origin, String host, boolean allowed) {
        // When, then
        assertThat(SameOrigin.allows(fetchSite, origin, host)).isEqualTo(allowed);
    }
}

package io.obstat.decision.webauthn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;

class RelyingPartyTest {

    @Test
    void shouldSayTheOriginAsABrowserDoes() {
        assertThat(at("https://Obstat.Example.com:443/any/path"))
                .isEqualTo(new RelyingParty("obstat.example.com", "https://obstat.example.com"));
        assertThat(at("http://localhost:8084")).isEqualTo(new RelyingParty("localhost", "http://localhost:8084"));
        assertThat(at("http://localhost:80").origin()).isEqualTo("http://localhost");
        assertThat(at("https://localhost:80").origin()).isEqualTo("https://localhost:80");
    }

    @Test
    void shouldRefuseWhatNoBrowserOpens() {
        for (String address :
                new String[] {"obstat.example.com", "urn:obstat", "ftp://obstat.example.com", "https:/path"}) {
            assertThatThrownBy(() -> at(address))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(address)
                    .hasMessageContaining("https://obstat.example.com");
        }
    }

    private static RelyingParty at(String address) {
        return RelyingParty.at(URI.create(address));
    }
}

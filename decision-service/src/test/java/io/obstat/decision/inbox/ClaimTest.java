package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.obstat.contracts.Claimed;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimTest {

    @ParameterizedTest
    @CsvSource({
        "https://tickets.example.com/CHURN-12, tickets.example.com",
        "https://github.com@evil.example.net/x, evil.example.net",
        "https://EXAMPLE.com:8443/x, example.com",
    })
    void shouldNameTheHostThatALinkReallyLeadsTo(String href, String host) {
        // When
        Claim.Link link = Claim.Link.of(new Claimed.Link("Runbook", href));

        // Then
        assertThat(link.host()).isEqualTo(host);
        assertThat(link.href()).isEqualTo(href);
    }

    @ParameterizedTest
    @CsvSource({"https://p\u0430ypal.com/", "https://example.com\\@evil.example.net/", "https://[bad/"})
    void shouldNotLinkToWhatHasNoPlainHost(String href) {
        // When
        Claim.Link link = Claim.Link.of(new Claimed.Link("Runbook", href));

        // Then
        assertThat(link.href()).isEmpty();
        assertThat(link.address().isEmpty()).isFalse();
    }

    @Test
    void shouldTellAddedFromRemovedLines() {
        // Given
        Claimed claimed = Samples.claimedWithAll("why", List.of(), "@@ -1 +1 @@\n-orders\n+customers\n same\n");

        // When
        Claim claim = Claim.of(claimed);

        // Then
        assertThat(claim.diff())
                .extracting(Claim.DiffLine::kind, line -> line.text().text())
                .containsExactly(
                        tuple("hunk", "@@ -1 +1 @@"),
                        tuple("del", "-orders"),
                        tuple("add", "+customers"),
                        tuple("same", " same"));
    }
}

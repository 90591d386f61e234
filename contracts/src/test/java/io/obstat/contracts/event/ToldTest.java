package io.obstat.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Samples;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.json.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToldTest {

    private static final Instant AT = Instant.parse("2026-11-22T09:00:00.123456789Z");

    @Test
    void shouldHaveAnotherDigestWhenAnyOfItIsAnother() {
        // Given
        var told = new Told(DecidedBy.POLICY, "Policy forbids it.", "Ask for less.", AT, AT);

        // When
        var others = List.of(
                new Told(DecidedBy.PEOPLE, "Policy forbids it.", "Ask for less.", AT, AT),
                new Told(DecidedBy.POLICY, "Policy forbids it!", "Ask for less.", AT, AT),
                new Told(DecidedBy.POLICY, "Policy forbids it.", "Ask for more.", AT, AT),
                new Told(DecidedBy.POLICY, "Policy forbids it.", null, AT, AT),
                new Told(DecidedBy.POLICY, "Policy forbids it.", "Ask for less.", AT.plusNanos(1), AT),
                new Told(DecidedBy.POLICY, "Policy forbids it.", "Ask for less.", null, AT),
                new Told(DecidedBy.POLICY, "Policy forbids it.", "Ask for less.", AT, AT.plusNanos(1)));

        // Then
        assertThat(told.digest()).matches("sha256:[0-9a-f]{64}");
        assertThat(others)
                .extracting(Told::digest)
                .doesNotContain(told.digest())
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldHaveTheSameDigestAfterTheRoad() {
        // Given
        Decision written = Samples.denied();

        // When
        Decision read = Json.readEvent(Json.write(written), Decision.class);

        // Then
        assertThat(read.told().digest()).isEqualTo(written.told().digest());
    }
}

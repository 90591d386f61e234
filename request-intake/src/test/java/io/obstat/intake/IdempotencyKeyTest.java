package io.obstat.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.contracts.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyKeyTest {

    @Test
    void shouldReadTheSameKeyWithQuotesAndWithout() {
        // Given
        String quoted = "\"8e03978e-40d5-43dd-bc93-6894a57f9324\"";
        // When
        IdempotencyKey key = IdempotencyKey.ofHeader(quoted);
        // Then
        assertThat(key).isEqualTo(IdempotencyKey.ofHeader("8e03978e-40d5-43dd-bc93-6894a57f9324"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"\"", "two words", "umläut", "tab\there", "\u0000"})
    void shouldRefuseWhatIsNoKey(String header) {
        // Given
        // When
        // Then
        assertThatThrownBy(() -> IdempotencyKey.ofHeader(header))
                .isInstanceOf(InvalidFieldException.class)
                .hasMessageContaining("Idempotency-Key");
    }

    @Test
    void shouldRefuseAKeyOf129Characters() {
        // Given
        String longest = "k".repeat(128);
        // When
        // Then
        assertThat(IdempotencyKey.ofHeader(longest).value()).isEqualTo(longest);
        assertThatThrownBy(() -> IdempotencyKey.ofHeader(longest + "k")).isInstanceOf(InvalidFieldException.class);
    }
}

package io.obstat.decision.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.decision.reactive.InvalidCursorException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final String ACTION = "act_" + "a".repeat(26);

    @Test
    void shouldReadWhatItWrote() {
        var cursor = new Cursor(Instant.parse("2026-11-22T12:00:00.123456Z"), ACTION);

        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "today"})
    void shouldRefuseATimeThatNoRowHas(String time) {
        String text = Base64.getUrlEncoder().encodeToString((time + " " + ACTION).getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Cursor.parse(text))
                .isInstanceOfSatisfying(
                        InvalidCursorException.class,
                        refused -> assertThat(refused.problem()).contains("use the next of the page before"));
    }
}

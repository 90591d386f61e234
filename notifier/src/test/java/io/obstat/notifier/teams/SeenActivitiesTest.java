package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.Inbound.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenActivitiesTest {

    private static final Instant END = NOW.plusSeconds(60);

    private final SeenActivities seen = new SeenActivities(3);

    @Test
    void shouldForgetAtTheEndOfTheToken() {
        // Given
        seen.firstTime(key("1"), END, NOW);
        // When
        boolean before = seen.firstTime(key("1"), END, END.minusMillis(1));
        boolean after = seen.firstTime(key("1"), END.plusSeconds(60), END);
        boolean again = seen.firstTime(key("1"), END.plusSeconds(60), END);
        // Then
        assertThat(before).isFalse();
        assertThat(after).isTrue();
        assertThat(again).isFalse();
    }

    @Test
    void shouldForgetTheOldestBeyondItsBound() {
        // Given
        for (String id : new String[] {"1", "2", "3", "4"}) {
            seen.firstTime(key(id), END, NOW);
        }
        // When
        boolean fourth = seen.firstTime(key("4"), END, NOW);
        boolean second = seen.firstTime(key("2"), END, NOW);
        boolean first = seen.firstTime(key("1"), END, NOW);
        // Then
        assertThat(fourth).isFalse();
        assertThat(second).isFalse();
        assertThat(first).isTrue();
    }

    private static ActivityKey key(String id) {
        return new ActivityKey("a:1", "invoke", id);
    }
}

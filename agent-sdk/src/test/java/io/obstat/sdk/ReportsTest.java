package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.sdk.FakeObstat.Kind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the agent reports of work that ran. */
class ReportsTest extends AgainstFakeObstat {

    @Test
    void shouldReportWorkThatFails() throws InterruptedException {
        // Given / When
        Attempt<Integer> attempt = client.run(NothingRunsWithoutGrantTest.draft(), grant -> {
            throw new IOException("disk full " + "x".repeat(2_000));
        });

        // Then
        assertThat(attempt).isInstanceOfSatisfying(Attempt.Failed.class, failed -> {
            assertThat(failed.cause()).isInstanceOf(IOException.class);
            assertThat(failed.message()).contains("disk full").contains("ask again before another try");
        });
        assertThat(obstat.reports)
                .singleElement()
                .asString()
                .startsWith("failed: java.io.IOException: disk full")
                .hasSizeLessThan(1_020);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "\uD83D", "\0"})
    void shouldReportWhateverTheFailureSays(String begin) throws InterruptedException {
        // Given a message of which the cut, or the text itself, leaves half a character or one that cannot be stored
        String message = begin + "\uD83D\uDE00".repeat(1_000);

        // When
        Attempt<Integer> attempt = client.run(NothingRunsWithoutGrantTest.draft(), grant -> {
            throw new IOException(message);
        });

        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Failed.class,
                        failed -> assertThat(failed.reported()).isTrue());
        assertThat(obstat.reports).singleElement().asString().startsWith("failed: java.io.IOException: ");
    }

    @Test
    void shouldReportWorkThatDiesAndLetItDie() {
        // Given / When / Then
        assertThatThrownBy(() -> client.run(NothingRunsWithoutGrantTest.draft(), grant -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(obstat.reports).containsExactly("failed: java.lang.StackOverflowError: deep");
    }

    @Test
    void shouldReportInterruptedWorkAndStayInterrupted() throws InterruptedException {
        // Given / When
        Attempt<Integer> attempt = client.run(NothingRunsWithoutGrantTest.draft(), grant -> {
            throw new InterruptedException("stopped");
        });

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Failed.class,
                        failed -> assertThat(failed.reported()).isTrue());
    }

    @Test
    void shouldTellWhenTheReportDidNotArrive() throws InterruptedException {
        // Given
        obstat.retryAfterS = 3_600;
        obstat.trouble("/execution", Kind.UNAVAILABLE, 1_000);
        try (ObstatClient client = obstat.connection().connect()) {
            // When
            Attempt<Integer> attempt = client.run(NothingRunsWithoutGrantTest.draft(), grant -> 1);

            // Then what ran has run
            assertThat(attempt)
                    .isInstanceOfSatisfying(
                            Attempt.Ran.class, ran -> assertThat(ran.reported()).isFalse());
            assertThat(attempt.message()).contains("could not be reported; tell a person");
        }
    }
}

package io.obstat.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.GrantId;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.GrantMisused.Cause;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A grant that is bound to a key, redeemed with and without it. */
class BoundGrantTest {

    private static final String KEY = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
    private static final String OTHER = "1ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    private final Decider decider =
            new Decider(new FakeNotary(), new Terms(Duration.ofMinutes(15), Duration.ofHours(1)));

    @Test
    void shouldBeTakenUpWithItsKeyOnly() {
        // Given
        ApprovalState bound = allowed(KEY);

        // When
        RedemptionAnswer without = redeem(bound, null);
        RedemptionAnswer other = redeem(bound, OTHER);
        RedemptionAnswer right = redeem(bound, KEY);

        // Then
        assertThat(without).isInstanceOfSatisfying(RedemptionAnswer.Refused.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Cause.FOREIGN_KEY);
            assertThat(refused.explanation()).contains("nothing proves that you hold it");
        });
        assertThat(other).isInstanceOfSatisfying(RedemptionAnswer.Refused.class, refused -> {
            assertThat(refused.cause()).isEqualTo(Cause.FOREIGN_KEY);
            assertThat(refused.explanation()).contains("by another");
        });
        assertThat(right).isInstanceOf(RedemptionAnswer.Redeemed.class);
    }

    @Test
    void shouldNotMindAKeyWhenItIsBoundToNone() {
        assertThat(redeem(allowed(null), OTHER)).isInstanceOf(RedemptionAnswer.Redeemed.class);
    }

    private ApprovalState allowed(@Nullable String key) {
        return decider.open(
                        ApprovalState.Unopened.empty(),
                        new Command.Open(Examples.allowed(request(key)), Circumstances.at(Examples.NOON)))
                .next();
    }

    private RedemptionAnswer redeem(ApprovalState state, @Nullable String key) {
        ActionRequested request = request(null);
        var command = new Command.Redeem(
                GrantId.of(request.actionId()),
                Examples.AGENT.value(),
                request.digest(),
                key,
                Circumstances.at(Examples.NOON.plusSeconds(1)));
        return decider.redeem(state, command).answer();
    }

    private static ActionRequested request(@Nullable String key) {
        ActionRequested plain = Examples.request("bound");
        return new ActionRequested(
                plain.actionId(),
                plain.digest(),
                plain.action(),
                plain.verified().boundTo(key),
                plain.claimed(),
                plain.requestedAt(),
                plain.deadline());
    }
}

package io.obstat.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Slot;
import io.obstat.contracts.Risk;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.PolicySetActivated;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ActivationTest {

    @Test
    void shouldAnnounceASetThatNobodyHasHeardOf() {
        // Given no announcement, When
        Envelope<PolicySetActivated> announced = announced('a', null);
        // Then
        assertThat(announced.data().digest()).isEqualTo(set('a').digest());
        assertThat(announced.data().key()).isEqualTo("starter");
        assertThat(announced.data().activatedAt()).isEqualTo(Requests.NOW);
    }

    @Test
    void shouldNotAnnounceTheSameSetTwice() {
        // Given
        Envelope<PolicySetActivated> last = announced('a', null);
        // When, Then
        assertThat(Activation.of(set('a'), last, Requests.NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void shouldAnnounceTheSameEventWhereverTheChangeIsSeen() {
        // Given two instances that saw the same announcement last
        Envelope<PolicySetActivated> last = announced('a', null);
        // When each announces the new set
        Envelope<PolicySetActivated> one = announced('b', last);
        Envelope<PolicySetActivated> other = announced('b', last);
        // Then
        assertThat(other.id()).isEqualTo(one.id());
    }

    @Test
    void shouldAnnounceASetThatComesBackAsANewEvent() {
        // Given a set that was in force, and another after it
        Envelope<PolicySetActivated> first = announced('a', null);
        Envelope<PolicySetActivated> second = announced('b', first);
        // When the first comes back
        Envelope<PolicySetActivated> third = announced('a', second);
        // Then whoever knows the first event does not take the third for a repeat
        assertThat(third.id()).isNotEqualTo(first.id());
    }

    private static Envelope<PolicySetActivated> announced(char digest, @Nullable Envelope<PolicySetActivated> last) {
        return Activation.of(set(digest), last, Requests.NOW).orElseThrow();
    }

    private static PolicySet set(char digest) {
        return new PolicySet(
                "starter",
                "sha256:" + String.valueOf(digest).repeat(64),
                new Titles(Map.of(), Map.of()),
                new Fallback(Risk.MEDIUM, new Requirement(List.of(new Slot("platform", 1)), Duration.ofHours(1))),
                List.of());
    }
}

package io.obstat.ledger.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.ledger.ApprovalSamples;
import io.obstat.ledger.Samples;
import io.obstat.ledger.ViewsUnderTest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ShownTest {
    private static final ActionId ID = Samples.action(1);

    @Test
    void shouldShowWhoRevokedAndWhyInPlaceOfWhoAllowed() {
        // Given / When
        Shown shown = shown(Samples.allowed(ID), ApprovalSamples.revoked(ID));

        // Then
        assertThat(shown.outcome()).isEqualTo("revoked");
        assertThat(shown.mood()).isEqualTo("bad");
        assertThat(shown.decidedBy().plain()).isEqualTo("reviewer");
        assertThat(shown.decidedByPeople()).isTrue();
        assertThat(Objects.requireNonNull(shown.reason()).plain()).contains("the ticket was closed");
        assertThat(shown.ran()).isEqualTo("nothing ran, the grant is void");
    }

    @Test
    void shouldNotNameWhoeverApprovedBeforeItWasTooLate() {
        // Given a decision by time that keeps the one approval there was
        Decision allowed = Samples.allowed(ID);
        var expired = new Decision(
                ID,
                allowed.digest(),
                allowed.agent(),
                Outcome.EXPIRED,
                DecidedBy.TIME,
                true,
                "Too late.",
                null,
                null,
                allowed.reviews(),
                null,
                null,
                allowed.policySet(),
                allowed.decidedAt(),
                null,
                allowed.statement());

        // When
        Shown shown = shown(expired);

        // Then
        assertThat(shown.decidedBy().plain()).isEqualTo("the deadline");
        assertThat(shown.decidedByPeople()).isFalse();
    }

    @Test
    void shouldNameWhatAnAuditorWouldLookInto() {
        // Given / When
        Shown shown = shown(
                ApprovalSamples.allowedEdited(ID, DecidedBy.BREAK_GLASS),
                ApprovalSamples.nobodyReached(ID),
                ApprovalSamples.glassOverdue(ID),
                ApprovalSamples.runOverdue(ID),
                Samples.refused(ID),
                Samples.misused(ID),
                Samples.misused(ID));

        // Then
        assertThat(shown.exceptions())
                .isEqualTo(
                        "allowed in an emergency, nobody could be told in time, not signed in time, no run reported in time, "
                                + "1 refused review, 2 refused uses of the grant");
        assertThat(shown(Samples.allowed(ID)).exceptions()).isEmpty();
    }

    private static Shown shown(ActionEvent... events) {
        return new Shown(ViewsUnderTest.view(ID, List.of(events)));
    }
}

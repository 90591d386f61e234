package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionEvent;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.Envelope;
import io.obstat.contracts.event.Notification;
import io.obstat.contracts.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticesTest {

    private static final List<Envelope<ActionEvent>> TOLD = List.of(
            Samples.approvalRequired("k1"),
            Samples.approvalOpened("k1"),
            Samples.reviewRecorded("k1"),
            Samples.claimed("k1"),
            Samples.released("k1"),
            Samples.reminded("k1"),
            Samples.escalated("k1", null),
            Samples.escalated("k1", Samples.review(Review.Verb.ESCALATE, "too large for me")),
            Samples.nobodyReached("k1"),
            Samples.questionAsked("k1"),
            Samples.questionAnswered("k1"),
            Samples.decision("k1", Outcome.REJECTED, DecidedBy.PEOPLE),
            Samples.revoked("k1"),
            Samples.glassBroken("k1"),
            Samples.glassOverdue("k1"),
            Samples.runOverdue("k1", true));

    @Test
    void shouldTellWhatIsAskedWithVerifiedAndClaimedApart() {
        // Given
        Envelope<ActionEvent> event = Samples.approvalRequired("k1");
        // When
        Optional<Notice> notice = Notices.of(event, Samples.INBOX);
        // Then
        assertThat(notice).get().isInstanceOfSatisfying(Notice.Wanted.class, wanted -> {
            assertThat(wanted.subject().about()).isEqualTo(event.id());
            assertThat(wanted.subject().link()).hasToString("https://obstat.example.com/inbox/" + Samples.action("k1"));
            assertThat(wanted.facts().verified().agent().value()).isEqualTo("etl-agent");
            assertThat(wanted.facts().claimed().intent()).isEqualTo("quarterly churn analysis");
            assertThat(wanted.assessment().title()).isEqualTo("Export customer data from production");
            assertThat(wanted.answerBy()).isEqualTo(Samples.NOW.plus(Duration.ofMinutes(30)));
        });
    }

    @Test
    void shouldFollowTheApprovalToItsEnd() {
        assertThat(kinds(TOLD))
                .containsExactly(
                        Notice.Kind.APPROVAL_REQUIRED,
                        Notice.Kind.APPROVAL_OPENED,
                        Notice.Kind.APPROVAL_REVIEWED,
                        Notice.Kind.APPROVAL_CLAIMED,
                        Notice.Kind.APPROVAL_RELEASED,
                        Notice.Kind.APPROVAL_REMINDED,
                        Notice.Kind.APPROVAL_ESCALATED,
                        Notice.Kind.APPROVAL_ESCALATED,
                        Notice.Kind.APPROVAL_UNREACHED,
                        Notice.Kind.QUESTION_ASKED,
                        Notice.Kind.QUESTION_ANSWERED,
                        Notice.Kind.ACTION_DECIDED,
                        Notice.Kind.ACTION_REVOKED,
                        Notice.Kind.GLASS_BROKEN,
                        Notice.Kind.GLASS_OVERDUE,
                        Notice.Kind.RUN_OVERDUE);
    }

    @ParameterizedTest
    @CsvSource({
        "ALLOWED, PEOPLE",
        "ALLOWED, BREAK_GLASS",
        "ALLOWED, POLICY",
        "DENIED, POLICY",
        "REJECTED, PEOPLE",
        "EXPIRED, TIME",
        "UNDELIVERABLE, TIME",
        "WITHDRAWN, AGENT",
        "SUPERSEDED, POLICY",
        "SUPERSEDED, AGENT",
        "POLICY_CHANGED, POLICY"
    })
    void shouldTellEveryEndingOfWhatPeopleWereAsked(Outcome outcome, DecidedBy decidedBy) {
        assertThat(Notices.of(Samples.decision("k1", outcome, decidedBy), Samples.INBOX))
                .get()
                .isInstanceOfSatisfying(Notice.Decided.class, decided -> {
                    assertThat(decided.ending().outcome()).isEqualTo(outcome);
                    assertThat(decided.ending().decidedBy()).isEqualTo(decidedBy);
                    assertThat(decided.ending().supersededBy())
                            .isEqualTo(outcome == Outcome.SUPERSEDED ? Samples.action("the other") : null);
                });
    }

    @ParameterizedTest
    @CsvSource({"ALLOWED, POLICY", "DENIED, POLICY", "EXPIRED, TIME", "WITHDRAWN, AGENT"})
    void shouldTellNobodyHowItEndedWhenNobodyWasAsked(Outcome outcome, DecidedBy decidedBy) {
        assertThat(kinds(List.of(Samples.decision("k1", outcome, decidedBy, false))))
                .isEmpty();
    }

    @Test
    void shouldTellNobodyWhatAsksNothingOfAnyone() {
        assertThat(kinds(List.of(
                        Samples.autoAllowed("k1"),
                        Samples.revoked("k2", false),
                        Samples.runOverdue("k2", false),
                        Samples.reviewRefused("k3"),
                        Samples.reassessmentRequested("k4"),
                        Samples.glassSigned("k5"))))
                .isEmpty();
    }

    @Test
    void shouldAgreeWithContractsOnWhatAsksPeople() {
        assertThat(Notification.ASKING)
                .containsExactlyInAnyOrder(
                        Notice.Kind.APPROVAL_REQUIRED.wireName(),
                        Notice.Kind.APPROVAL_OPENED.wireName(),
                        Notice.Kind.APPROVAL_REMINDED.wireName(),
                        Notice.Kind.APPROVAL_ESCALATED.wireName());
    }

    @Test
    void shouldTellTheGroupThatIsAskedFromNowOnAndWhoWantedIt() {
        assertThat(json(Samples.escalated("k1", null)))
                .contains("\"group\":\"managers\"")
                .doesNotContain("\"review\"");
        assertThat(json(Samples.escalated("k1", Samples.review(Review.Verb.ESCALATE, "too large for me"))))
                .contains("\"group\":\"managers\"", "\"subject\":\"reviewer\"", "too large for me");
    }

    @Test
    void shouldLabelTheAnswerOfAnAgentAsItsClaim() {
        assertThat(json(Samples.questionAsked("k1"))).contains("\"reason\":\"Which columns?\"");
        assertThat(json(Samples.questionAnswered("k1")))
                .contains("\"claimed\":{\"answer\":\"id and country\"}", "\"question\":\"rev_");
    }

    @Test
    void shouldSayHowFarItIsWithAReminder() {
        assertThat(json(Samples.reminded("k1")))
                .contains("\"number\":2", "\"filled\":0", "\"group\":\"data-governance\"");
    }

    @Test
    void shouldSayWhoBrokeTheGlassWhoOwnsTheAgentAndWhoHasToSign() {
        assertThat(json(Samples.glassBroken("k1")))
                .contains(
                        "\"reason\":\"the pager is on fire\"",
                        "\"owners\":[{\"subject\":\"owner\"",
                        "\"signedBy\":{\"group\":\"security\",\"approvals\":2}",
                        "\"dueAt\":\"2026-11-23T10:00:00Z\"");
    }

    @Test
    void shouldSayWhoOwesASignatureAndSinceWhen() {
        assertThat(json(Samples.glassOverdue("k1")))
                .contains("\"by\":{\"subject\":\"owner\"", "\"missing\":1", "\"dueAt\":\"2026-11-22T09:59:59Z\"");
    }

    @Test
    void shouldSayWhoHasNotReportedAndSinceWhen() {
        assertThat(json(Samples.runOverdue("k1", true)))
                .contains("\"agent\":\"etl-agent\"", "\"redeemedAt\":\"" + Samples.NOW + "\"");
    }

    @Test
    void shouldSayUntilWhenSomebodyCouldStillBeReached() {
        assertThat(json(Samples.nobodyReached("k1"))).contains("\"expiresAt\":\"2026-11-22T10:25:00Z\"");
    }

    @Test
    void shouldSayWhoRevokedAndWhatTheAgentIsTold() {
        assertThat(json(Samples.revoked("k1")))
                .contains("the ticket was closed", "Run nothing.")
                .doesNotContain("secret.statement.jws");
    }

    @Test
    void shouldSayForWhomADelegateStands() {
        assertThat(json(Samples.reviewRecorded("k1"))).contains("\"standsFor\":{\"subject\":\"deputised\"");
    }

    @Test
    void shouldNeverCarryAGrant() {
        // Given
        Envelope<ActionEvent> event = Samples.decision("k1", Outcome.ALLOWED, DecidedBy.PEOPLE);
        // When
        String json = json(event);
        // Then
        assertThat(json).doesNotContain(Samples.GRANT_TOKEN).doesNotContain("secret.statement.jws");
    }

    @Test
    void shouldReadBackWhatItWrites() {
        for (Envelope<ActionEvent> event : TOLD) {
            // Given
            Notice notice = Notices.of(event, Samples.INBOX).orElseThrow();
            // When
            Notice read = Json.readEvent(Json.write(notice), notice.kind().record());
            // Then
            assertThat(read).isEqualTo(notice);
        }
    }

    private static List<Notice.Kind> kinds(List<Envelope<ActionEvent>> events) {
        return events.stream()
                .flatMap(event -> Notices.of(event, Samples.INBOX).stream())
                .map(Notice::kind)
                .toList();
    }

    private static String json(Envelope<ActionEvent> event) {
        return new String(Json.write(Notices.of(event, Samples.INBOX).orElseThrow()), StandardCharsets.UTF_8);
    }
}

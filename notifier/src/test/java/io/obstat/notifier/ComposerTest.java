package io.obstat.notifier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.Escalation;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionExecuted.Result;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.notifier.Card.Button;
import io.obstat.notifier.Card.Tone;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ComposerTest {

    private static final String RESOURCE = "postgres://prod/customers";

    private final Story story = new Story("composer");

    @Test
    void shouldOfferWhatCanBeDone() {
        // When
        Card card = card(story.wanted("a", Story.USUAL));

        // Then
        assertThat(verbs(card)).containsExactly(Verb.APPROVE, Verb.REJECT, Verb.CLAIM, Verb.ASK);
        assertThat(card.heading().tone()).isEqualTo(Tone.WAITING);
        assertThat(card.heading().ending()).isEmpty();
    }

    @Test
    void shouldShowNothingWhileItIsNotKnownWhatIsAsked() {
        assertThat(Composer.card(Approval.of(List.of(story.opened("a", Story.USUAL)))))
                .isEmpty();
    }

    @Test
    void shouldNotOfferApprovalOfInputsThatAreNotShownWhole() {
        // Given
        ObjectNode many = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 41; i++) {
            many.put("column" + i, i);
        }

        // When
        Card card = card(story.wanted(Story.action(RESOURCE, Parameters.of(many)), "why", Story.ESCALATING));

        // Then
        assertThat(verbs(card)).containsExactly(Verb.REJECT, Verb.ESCALATE, Verb.CLAIM, Verb.ASK);
    }

    /** As it is shown: a hidden character takes the place of eight. */
    @Test
    void shouldNotOfferApprovalOfAResourceThatIsTooLongAsItIsShown() {
        // When
        Card hidden =
                card(story.wanted(Story.action("x" + "\u200b".repeat(200), Parameters.none()), "why", Story.USUAL));
        Card plain = card(story.wanted(Story.action("x".repeat(1_024), Parameters.none()), "why", Story.USUAL));

        // Then
        assertThat(verbs(hidden)).containsExactly(Verb.REJECT, Verb.CLAIM, Verb.ASK);
        assertThat(verbs(plain)).contains(Verb.APPROVE);
    }

    @ParameterizedTest
    @CsvSource({"BEARER_TOKEN, a sign-in", "OIDC_SESSION, a sign-in", "WEBAUTHN, a security key"})
    void shouldSendPeopleElsewhereWhenPolicyWantsToKnowBetterWhoTheyAre(Identification assurance, String wanted) {
        // Given
        Requirement requirement = Story.requirement(assurance, List.of(), List.of(new Escalation("managers", null)));

        // When
        Card card = card(story.wanted("a", requirement));

        // Then what counts formally is left out, but nobody is kept from saying no
        assertThat(verbs(card)).containsExactly(Verb.REJECT, Verb.CLAIM, Verb.ASK);
        assertThat(Words.of(card, "Needs")).endsWith("Policy wants %s: approve on the full request.".formatted(wanted));
    }

    @Test
    void shouldOfferApprovalWhenAClickIsEnough() {
        assertThat(verbs(card(story.wanted("a", Story.requirement(Identification.CHAT, List.of(), List.of())))))
                .contains(Verb.APPROVE);
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void shouldOfferNothingOnceItIsDecided(Outcome outcome) {
        // When
        Card card = card(story.wanted("a", Story.ESCALATING), story.decided(outcome, DecidedBy.PEOPLE));

        // Then
        assertThat(card.buttons()).isEmpty();
        assertThat(card.heading().ending()).isNotBlank();
        assertThat(card.heading().tone()).isNotEqualTo(Tone.WAITING);
        assertThat(Words.of(card, "Needs")).isEmpty();
    }

    @Test
    void shouldOfferToEscalateWhileThereIsSomebodyLeftToAsk() {
        // Given
        Notice wanted = story.wanted("a", Story.ESCALATING);
        Notice first = story.escalated("managers", "alice");
        Notice second = story.escalated("directors", null);

        // When, Then
        assertThat(verbs(card(wanted))).contains(Verb.ESCALATE);
        assertThat(verbs(card(wanted, first))).contains(Verb.ESCALATE);
        assertThat(verbs(card(wanted, first, second))).doesNotContain(Verb.ESCALATE);
        assertThat(verbs(card(story.wanted("a", Story.USUAL)))).doesNotContain(Verb.ESCALATE);
    }

    @Test
    void shouldAskForReasonsWherePolicyWantsThem() {
        // Given
        Requirement requirement = Story.requirement(
                null, List.of(Verb.APPROVE, Verb.ESCALATE), List.of(new Escalation("managers", null)));

        // When
        Card usual = card(story.wanted("a", Story.ESCALATING));
        Card strict = card(story.wanted("a", requirement));

        // Then
        assertThat(asking(usual)).containsExactly(Verb.REJECT, Verb.ASK);
        assertThat(asking(strict)).containsExactly(Verb.APPROVE, Verb.REJECT, Verb.ESCALATE, Verb.ASK);
    }

    @Test
    void shouldSayWhoApprovedAndWhoIsStillMissing() {
        // When
        Card card = card(
                story.wanted("a", Story.ESCALATING),
                story.opened("a", Story.ESCALATING),
                story.approved("alice", 1),
                story.escalated("managers", null));

        // Then
        assertThat(Words.of(card, "Needs")).isEqualTo("""
                data-governance 1 of 2
                alice@example.com approved
                People in managers can decide as well.""");
        assertThat(Words.of(card, "Asked by")).isEqualTo("prod-data-export: exports of customer data need people");
    }

    @Test
    void shouldSayWhoIsLookingAndWhatWasAskedAndAnswered() {
        // Given
        Notice.Asked asked = story.asked("alice", "Which columns?");

        // When
        Card card = card(
                story.wanted("a", Story.USUAL),
                asked,
                story.asked("bob", "Until when?"),
                story.answered(asked, "id and country"),
                story.claimed("carol"));

        // Then
        assertThat(Words.of(card, "So far")).isEqualTo("""
                carol@example.com is looking at it since 2026-11-22T10:00:04Z
                alice@example.com asked “Which columns?”; the agent says “id and country”
                bob@example.com asked “Until when?”; no answer yet""");
    }

    @Test
    void shouldNotSayThatSomebodyLooksWhoNoLongerDoes() {
        assertThat(Words.of(
                        card(story.wanted("a", Story.USUAL), story.claimed("carol"), story.released("carol")),
                        "So far"))
                .isEmpty();
    }

    @Test
    void shouldSayWhatWasChanged() {
        // When
        Card card = card(
                story.wanted("a", Story.USUAL),
                story.opened("a", Story.USUAL),
                story.approved("alice", 1),
                story.wanted("b", Story.USUAL),
                story.opened("b", Story.USUAL));

        // Then
        assertThat(Words.of(card, "Changed")).endsWith("Before it was:\n− where  a");
        assertThat(Words.of(card, "Needs")).isEqualTo("data-governance 0 of 2");
        assertThat(card.digest()).isEqualTo(Story.digest("b"));
        assertThat(card.signed().digest()).isEqualTo(card.digest());
    }

    @Test
    void shouldSayHowItEndedWhoSaidSoHowTheyAreKnownAndWhatRan() {
        // Given
        Review yes = story.review("alice", Verb.APPROVE, "as agreed");

        // When
        Card card = card(
                story.wanted("a", Story.USUAL),
                story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE, yes),
                story.executed(Result.SUCCEEDED, "48,210 rows"));

        // Then
        assertThat(card.heading().ending()).isEqualTo("Allowed");
        assertThat(card.heading().tone()).isEqualTo(Tone.GOOD);
        assertThat(Words.of(card, "Outcome")).isEqualTo("""
                Allowed 2026-11-22T10:00:01Z. The agent was told: “Two of data-governance said so.”
                alice@example.com approved 2026-11-22T10:00:00Z, identified by a click in Slack: “as agreed”
                Ran as approved, reported by etl-agent 2026-11-22T10:00:02Z. The agent says: “48,210 rows”""");
    }

    @Test
    void shouldSayThatItIsRevoked() {
        // When
        Card card = card(
                story.wanted("a", Story.USUAL), story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE), story.revoked("bob"));

        // Then
        assertThat(card.heading().ending()).isEqualTo("Revoked");
        assertThat(card.heading().tone()).isEqualTo(Tone.BAD);
        assertThat(Words.of(card, "Outcome"))
                .endsWith("Revoked 2026-11-22T10:00:02Z by bob@example.com: “the ticket was closed”");
    }

    @Test
    void shouldSayWhoAllowedItInAnEmergencyAndWhoHasToSign() {
        // When
        Card card = card(
                story.wanted("a", Story.USUAL),
                story.decided(Outcome.ALLOWED, DecidedBy.BREAK_GLASS),
                story.broken("dave"),
                story.unsigned(1));

        // Then
        assertThat(Words.of(card, "Outcome")).contains("""
                Allowed by one person, in an emergency, 2026-11-22T10:00:01Z.""").endsWith("""
                Emergency: dave@example.com allowed it at once: “the pager is on fire”. 2 of security must sign by 2026-11-23T10:00:00Z
                Overdue: 1 signature is missing since 2026-11-23T10:00:00Z""");
    }

    @Test
    void shouldClipLongTextsAndSayHowMuchIsLeft() {
        // When
        Card card = card(story.wanted(Story.action(RESOURCE, Parameters.none()), "y".repeat(2_000), Story.USUAL));

        // Then
        assertThat(Words.of(card, "Why"))
                .isEqualTo("“%s” (1,400 more characters: see the full request)  (the agent says)"
                        .formatted("y".repeat(600)));
    }

    @Test
    void shouldClipHiddenCharactersByTheRoomThatTheyTake() {
        // When
        String why = Words.of(
                card(story.wanted(Story.action(RESOURCE, Parameters.none()), "\u202e".repeat(2_000), Story.USUAL)),
                "Why");

        // Then
        assertThat(why).startsWith("“⟨U+202E⟩").hasSizeLessThan(Line.MOST_SHOWN + 100);
        int shown = why.split("⟨", -1).length - 1;
        assertThat(why).contains("(%,d more characters".formatted(2_000 - shown));
    }

    @Test
    void shouldMakeHiddenCharactersVisibleInWhateverOthersWrote() {
        // Given
        String nasty = "a\u202eb";
        Notice.Asked asked = story.asked("alice", nasty);

        // When
        Card card = card(
                story.wanted(Story.action(nasty, Story.where(nasty)), nasty, Story.USUAL),
                asked,
                story.answered(asked, nasty),
                story.decided(Outcome.ALLOWED, DecidedBy.PEOPLE, story.review("bob", Verb.APPROVE, nasty)),
                story.executed(Result.FAILED, nasty));

        // Then
        String shown = "a⟨U+202E⟩b";
        assertThat(Words.of(card, "Why")).contains(shown);
        assertThat(Words.of(card, "So far")).contains("asked “%s”; the agent says “%s”".formatted(shown, shown));
        assertThat(Words.of(card, "Outcome"))
                .contains("a click in Slack: “%s”".formatted(shown))
                .contains("Ran and failed")
                .contains("The agent says: “%s”".formatted(shown));
        assertThat(card.facts().resource().text()).isEqualTo(shown);
    }

    private static Card card(Notice... notices) {
        return Composer.card(Approval.of(List.of(notices))).orElseThrow();
    }

    private static List<Verb> verbs(Card card) {
        return card.buttons().stream().map(Button::verb).toList();
    }

    private static List<Verb> asking(Card card) {
        return card.buttons().stream().filter(Button::reason).map(Button::verb).toList();
    }
}

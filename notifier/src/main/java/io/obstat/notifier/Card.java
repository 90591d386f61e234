package io.obstat.notifier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.Person;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Risk;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.contracts.visible.Inputs;
import io.obstat.contracts.visible.VisibleText;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What people see of an approval in a chat, whatever the chat: the decision first, then the facts that could change it.
 *
 * @param link to the full request
 * @param signed what a yes is for
 * @param digest that a yes names
 * @param sections in the order in which they are read
 * @param buttons what can be done here; nothing once it is decided
 */
public record Card(
        ActionId action,
        String shortId,
        URI link,
        Heading heading,
        Signed signed,
        ActionDigest digest,
        Facts facts,
        List<Section> sections,
        List<Button> buttons) {

    /** So long may resource and environment be on a card, as they are shown; in characters. */
    static final int LONGEST_PLACE = 1_200;

    public Card {
        sections = List.copyOf(sections);
        buttons = List.copyOf(buttons);
    }

    /**
     * What is seen first.
     *
     * @param title in policy's words, never the agent's
     * @param ending how it ended, in a word; empty while it waits
     * @param askedAt since when people are asked
     * @param decideBy until when they can decide
     */
    public record Heading(Risk risk, VisibleText title, String ending, Tone tone, Instant askedAt, Instant decideBy) {}

    /** How an ending looks. */
    public enum Tone {
        WAITING,
        GOOD,
        BAD,
        CALM
    }

    /**
     * What would be done, and for whom: exactly, and whole.
     *
     * @param owner who answers for the agent
     * @param onBehalfOf for whom it is done; absent when for nobody
     */
    public record Facts(
            VisibleText type,
            VisibleText resource,
            VisibleText environment,
            Inputs inputs,
            VisibleText agent,
            Person owner,
            @Nullable Person onBehalfOf) {

        /** Whether nothing that the digest covers is left out. */
        public boolean whole() {
            return inputs.whole() && resource.length() + environment.length() <= LONGEST_PLACE;
        }
    }

    /** Some lines under a label, such as {@code Needs}. */
    public record Section(String label, List<Line> lines) {

        public Section {
            lines = List.copyOf(lines);
        }
    }

    /**
     * What a person can do with one click.
     *
     * @param reason whether they are asked for a reason first
     */
    public record Button(Verb verb, String label, boolean reason) {

        /** Whether people can do it on a card at all; the rest is for the full request. */
        public static boolean offers(Verb verb) {
            return switch (verb) {
                case APPROVE, REJECT, ESCALATE, CLAIM, ASK -> true;
                case RELEASE, EDIT, BREAK_GLASS, SIGN, REVOKE -> false;
            };
        }
    }

    /**
     * Whether approval may be offered.
     *
     * @param reading reads what the card says as a person does; it may throw {@link IllegalArgumentException}
     */
    // INVARIANT: what you see is what you sign. A card that does not show its action whole and exactly has no approve
    // button.
    public boolean shows(Supplier<Signed> reading) {
        if (!facts.whole()) {
            return false;
        }
        try {
            Signed readBack = reading.get();
            return readBack.equals(signed) && readBack.digest().equals(digest);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What tells two cards that look the same from two that do not: the same in every process. 64 hex digits. */
    public String face() {
        return CanonicalJson.sha256(JsonNodeFactory.instance.textNode(toString()))
                .substring("sha256:".length());
    }

    /** The same for one person, with what they can do; and when they cannot approve, why. */
    public Card offering(Directory.Standing standing) {
        var shown = new ArrayList<>(sections);
        if (!standing.verbs().contains(Verb.APPROVE)) {
            shown.add(new Section(
                    "You", List.of(Line.builder().show(standing.why()).line())));
        }
        return with(
                shown,
                buttons.stream()
                        .filter(button -> standing.verbs().contains(button.verb()))
                        .toList());
    }

    /** The same without approval, for a place that cannot show it whole. */
    public Card withoutApproval() {
        return with(
                sections,
                buttons.stream().filter(button -> button.verb() != Verb.APPROVE).toList());
    }

    private Card with(List<Section> others, List<Button> offered) {
        return new Card(action, shortId, link, heading, signed, digest, facts, others, offered);
    }
}

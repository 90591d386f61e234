package io.obstat.notifier;

import io.obstat.contracts.Action;
import io.obstat.contracts.ActionDigest;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.visible.NastyDice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cards of actions that somebody could use to show one thing and have another approved. */
public final class NastyCards {

    private static final ApprovalRequired SAMPLE =
            (ApprovalRequired) Samples.approvalRequired("nasty").data();
    private static final Notice.Subject SUBJECT = new Notice.Subject(
            SAMPLE.actionId(),
            SAMPLE.actionId().shortForm(),
            Samples.approvalRequired("nasty").id(),
            Samples.NOW,
            Samples.INBOX);

    private NastyCards() {}

    /** A card as the dice fall. */
    public static Card card(NastyDice dice) {
        return card(dice.text(), dice.text(), dice.oneIn(3) ? null : dice.text(), dice.text(), dice.parameters());
    }

    /** The card of this action; a text that no action can have is mended. */
    public static Card card(
            String resource, String environment, @Nullable String person, String intent, Parameters parameters) {
        Verified verified = SAMPLE.request().verified();
        Person onBehalfOf = person == null ? null : new Person(mended(person, 255), null);
        var action =
                new Action(new ActionType("data.export"), mended(resource, 1_024), mended(environment, 64), parameters);
        var facts = new Notice.Facts(
                ActionDigest.of(verified.agent(), onBehalfOf, action),
                action,
                new Verified(
                        verified.agent(), verified.owner(), onBehalfOf, verified.method(), verified.authority(), null),
                new Claimed(mended(intent, 2_000), null, null, List.of(), null));
        return Composer.card(Approval.of(List.of(new Notice.Wanted(
                        SUBJECT, facts, SAMPLE.assessment(), SAMPLE.requirement(), Samples.NOW.plusSeconds(1_440)))))
                .orElseThrow();
    }

    /** The same, or what comes next to it that a field of that length takes. */
    static String mended(String text, int longest) {
        String some = text.isBlank() ? "x" + text : text;
        return some.length() <= longest ? some : some.substring(0, some.offsetByCodePoints(0, longest / 2));
    }
}

package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Risk;
import io.obstat.contracts.visible.VisibleText;
import java.net.URI;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * A request that waits for people, in short. Its inputs are not in it: who wants to see them follows the link.
 *
 * @param title in policy's words, never the agent's
 * @param decideBy until when people can decide
 * @param link to the full request
 */
public record Waiting(
        ActionId action,
        String shortId,
        Risk risk,
        VisibleText title,
        VisibleText agent,
        VisibleText resource,
        VisibleText environment,
        Instant decideBy,
        URI link) {

    /** The next to expire first. */
    public static final Comparator<Waiting> NEXT_FIRST = Comparator.comparing(Waiting::decideBy)
            .thenComparing(waiting -> waiting.action().value());

    /**
     * For whoever has this address. Empty when it is decided, when they have had their say, when its time is over, and while it is not known what
     * is asked.
     */
    public static Optional<Waiting> of(Approval approval, String address, Instant now) {
        Notice.Wanted wanted = approval.wanted();
        boolean said = approval.votes()
                .map(review -> review.reviewer().person())
                .anyMatch(person -> person.identities().contains(address.toLowerCase(Locale.ROOT)));
        if (wanted == null || !approval.pending() || said) {
            return Optional.empty();
        }
        Instant decideBy = approval.decideBy().orElseGet(wanted::answerBy);
        return decideBy.isAfter(now) ? Optional.of(of(wanted, decideBy)) : Optional.empty();
    }

    private static Waiting of(Notice.Wanted wanted, Instant decideBy) {
        Notice.Facts facts = wanted.facts();
        return new Waiting(
                wanted.subject().actionId(),
                wanted.subject().shortId(),
                wanted.assessment().risk(),
                VisibleText.of(wanted.assessment().title()),
                VisibleText.of(facts.verified().agent().value()),
                VisibleText.of(facts.action().resource()),
                VisibleText.of(facts.action().environment()),
                decideBy,
                wanted.subject().link());
    }
}

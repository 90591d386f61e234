package io.obstat.decision.inbox;

import io.obstat.contracts.Reviewer;
import io.obstat.decision.ApprovalView;
import io.obstat.decision.Circumstances;
import io.obstat.decision.Standing;
import io.obstat.decision.inbox.Card.Place;
import java.util.List;

/**
 * The inbox of one reader: what waits for them first, by deadline, and the rest below.
 *
 * @param yours wait for the reader
 * @param others wait for others
 * @param decided lately, the latest first
 * @param more whether more are waiting than the page shows
 */
public record Board(List<Card> yours, List<Card> others, List<Card> decided, boolean more) {

    public Board {
        yours = List.copyOf(yours);
        others = List.copyOf(others);
        decided = List.copyOf(decided);
    }

    /** @param waiting of each part the next to expire first */
    static Board of(List<Card> waiting, List<Card> decided, boolean more) {
        return new Board(
                waiting.stream().filter(card -> card.place() == Place.YOURS).toList(),
                waiting.stream().filter(card -> card.place() != Place.YOURS).toList(),
                decided,
                more);
    }

    /** What waits for the reader, the steps of each plan together. */
    public List<Plan> plans() {
        return Plan.of(yours);
    }

    /** How many waiting requests the page shows. */
    public int shown() {
        return yours.size() + others.size();
    }

    /**
     * What the page compares itself with to stay true.
     *
     * @param waiting how many wait for the reader
     */
    public record State(long waiting, List<Entry> cards) {

        public State {
            cards = List.copyOf(cards);
        }

        static State of(List<Entry> cards) {
            return new State(
                    cards.stream().filter(card -> card.place() == Place.YOURS).count(), cards);
        }

        /** One card: where it stands, and a text that changes whenever the card does. */
        public record Entry(String id, String version, Place place) {

            static Entry of(ApprovalView view, Reviewer reader, Circumstances at) {
                Standing standing = view.standing(reader, at);
                return new Entry(
                        view.actionId().value(), Card.version(view, standing.eligibility()), Card.place(standing));
            }
        }
    }
}

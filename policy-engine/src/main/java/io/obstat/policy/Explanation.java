package io.obstat.policy;

import io.obstat.policy.Judgement.UndecidedRule;
import java.util.List;
import java.util.Locale;

/**
 * Why a verdict is as it is, in full sentences for a reviewer or an agent to read: the policy author's words and ours, never the agent's. What the
 * verdict is, whoever shows it says beside; so it is not said here again. At most 1,000 characters.
 */
final class Explanation {

    private static final int LONGEST = 1_000;
    private static final int ROOM_FOR_UNDECIDED = 400;

    private Explanation() {}

    static String denied(Judgement judgement) {
        return of("", judgement.denying(), judgement.undecided());
    }

    static String allowed(Judgement judgement) {
        return of("", judgement.allowing(), List.of());
    }

    static String required(Judgement judgement) {
        boolean covered = judgement.grounded()
                || !judgement.requiring().isEmpty()
                || !judgement.undecided().isEmpty();
        String opening = covered
                ? ""
                : "No rule of the policy set %s covers this action, so people must decide."
                        .formatted(judgement.set().name());
        return of(opening, judgement.requiring(), judgement.undecided());
    }

    static String tooMuch(Judgement judgement) {
        return of(
                "The rules together ask for more approvals than one request can gather, so it cannot be allowed; the author of the policy set must loosen one.",
                judgement.requiring(),
                judgement.undecided());
    }

    private static String of(String opening, List<Rule> rules, List<UndecidedRule> undecided) {
        // A rule that could not be judged is what its author must hear of, however many others have their say.
        String end = sentences(
                undecided.stream()
                        .map(one -> " The rule %s could not be judged, because %s."
                                .formatted(one.rule().id(), one.reason().text()))
                        .toList(),
                ROOM_FOR_UNDECIDED);
        String middle = sentences(
                rules.stream().map(rule -> " " + sentence(rule.because())).toList(),
                LONGEST - opening.length() - end.length());
        return (opening + middle + end).strip();
    }

    /** As many of the sentences as fit into {@code longest} characters, and how many were left out. */
    private static String sentences(List<String> all, int longest) {
        int room = longest - " And 1000 more rules.".length();
        var text = new StringBuilder();
        for (int i = 0; i < all.size(); i++) {
            if (text.length() + all.get(i).length() > room) {
                return text.append(" And %d more rules.".formatted(all.size() - i))
                        .toString();
            }
            text.append(all.get(i));
        }
        return text.toString();
    }

    private static String sentence(String because) {
        String text = because.strip();
        int rest = text.offsetByCodePoints(0, 1);
        String first = text.substring(0, rest).toUpperCase(Locale.ROOT);
        return first + text.substring(rest) + (text.matches("(?s).*[.!?]") ? "" : ".");
    }
}

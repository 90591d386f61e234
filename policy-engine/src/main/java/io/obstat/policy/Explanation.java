package io.obstat.policy;

import io.obstat.policy.Judgement.UndecidedRule;
import java.util.List;

/** Why a verdict is as it is, for a reviewer to read: the policy author's words and ours, never the agent's. At most 1,000 characters. */
final class Explanation {

    private static final int LONGEST = 1_000;
    private static final int ROOM_FOR_UNDECIDED = 400;

    private Explanation() {}

    static String denied(Judgement judgement) {
        return of("Policy forbids this.", judgement.denying(), judgement.undecided());
    }

    static String allowed(Judgement judgement) {
        return of("Policy allows this without asking anyone.", judgement.allowing(), List.of());
    }

    static String required(Judgement judgement) {
        boolean covered = judgement.grounded()
                || !judgement.requiring().isEmpty()
                || !judgement.undecided().isEmpty();
        String opening = covered
                ? "People must decide."
                : "People must decide: no rule of the policy set %s covers this action."
                        .formatted(judgement.set().name());
        return of(opening, judgement.requiring(), judgement.undecided());
    }

    static String tooMuch(Judgement judgement) {
        return of(
                "Policy forbids this, because its rules together ask for more approvals than one request can gather; its author must loosen one.",
                judgement.requiring(),
                judgement.undecided());
    }

    private static String of(String opening, List<Rule> rules, List<UndecidedRule> undecided) {
        // A rule that could not be judged is what its author must hear of, however many others have their say.
        String end = sentences(
                undecided.stream()
                        .map(one -> " %s could not be judged: %s."
                                .formatted(one.rule().id(), one.reason().text()))
                        .toList(),
                ROOM_FOR_UNDECIDED);
        String middle = sentences(
                rules.stream()
                        .map(rule -> " %s: %s.".formatted(rule.id(), withoutStop(rule.because())))
                        .toList(),
                LONGEST - opening.length() - end.length());
        return opening + middle + end;
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

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}

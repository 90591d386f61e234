package io.obstat.decision;

import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is said to agents and people, in full sentences: what happened, and what to do now. */
final class Wording {

    static final int LONGEST_EXPLANATION = 500;
    private static final int LONGEST_REASON = 2_000;
    private static final String NOTHING_RUNS = " Nothing may run.";

    private Wording() {}

    static String allowedByPolicy(AutoAllowed verdict, Instant grantUntil) {
        return reason("%s %s", sentence(verdict.assessment().explanation()), redeem(grantUntil));
    }

    static String allowedByPeople(Requirement requirement, Instant grantUntil) {
        String groups = requirement.slots().stream()
                .map(slot -> "%d from %s".formatted(slot.approvals(), slot.group()))
                .collect(Collectors.joining(" and "));
        return reason("Approved by people: %s. %s", groups, redeem(grantUntil));
    }

    static String denied(AutoDenied verdict) {
        String safer = verdict.saferAlternative();
        return reason(
                "%s%s %s",
                sentence(verdict.assessment().explanation()),
                NOTHING_RUNS,
                safer == null
                        ? "Asking again in the same form gives the same answer."
                        : "Do this instead: " + sentence(safer));
    }

    static String rejected(ApprovalRequired verdict, Review rejection) {
        List<String> groups = verdict.requirement().slots().stream()
                .map(Requirement.Slot::group)
                .filter(rejection.reviewer().groups()::contains)
                .toList();
        return reason(
                "Rejected by a person in %s, who says: \"%s\"%s Ask again only for something that answers this.",
                String.join(" and ", groups), Objects.requireNonNull(rejection.reason()), NOTHING_RUNS);
    }

    static String expired(List<SlotProgress> progress, Instant expiresAt) {
        return reason(
                "Not approved in time: until %s, %s was missing.%s Ask again if it is still needed, and leave people more time.",
                time(expiresAt), missing(progress), NOTHING_RUNS);
    }

    static String deadlinePassed(Instant deadline) {
        return reason(
                "Policy's answer came after your deadline, %s.%s Ask again if it is still needed, with a later deadline.",
                time(deadline), NOTHING_RUNS);
    }

    static String withdrawn(@Nullable String why) {
        return reason("You withdrew this request%s.%s", why == null ? "" : ", saying: \"" + why + "\"", NOTHING_RUNS);
    }

    /** Such as {@code 1 more from data-governance and 2 more from oncall}. */
    static String missing(List<SlotProgress> progress) {
        String missing = progress.stream()
                .filter(slot -> slot.filled() < slot.slot().approvals())
                .map(slot -> "%d more from %s"
                        .formatted(
                                slot.slot().approvals() - slot.filled(),
                                slot.slot().group()))
                .collect(Collectors.joining(" and "));
        return missing.isEmpty() ? "nothing more" : missing;
    }

    static String alreadyDecided(Outcome outcome, Instant decidedAt) {
        return decided(outcome, decidedAt) + " Your review came after that and changes nothing; it is on record.";
    }

    static String decided(Outcome outcome, Instant decidedAt) {
        String how = switch (outcome) {
            case ALLOWED -> "allowed";
            case DENIED -> "denied by policy";
            case REJECTED -> "rejected";
            case EXPIRED -> "out of time";
            case WITHDRAWN -> "withdrawn by the agent";
            case UNDELIVERABLE -> "out of time, and nobody could be told of it";
            case SUPERSEDED -> "superseded by an identical request";
            case POLICY_CHANGED -> "ended by a change of policy";
        };
        return "This is decided: it was %s at %s.".formatted(how, time(decidedAt));
    }

    static String digestDiffers(Review review, ActionRequested request) {
        return "You reviewed another version of this action (%s); it is %s. Load it again and look at what it is now."
                .formatted(review.digest(), request.digest());
    }

    static String foreignAgent(ActionRequested request, String presenter) {
        return clipped(
                "This grant is for %s, and you are %s. Run nothing; request the action yourself."
                        .formatted(request.verified().agent(), presenter),
                LONGEST_EXPLANATION);
    }

    static String otherDigest(Command.Redeem command, ActionRequested request) {
        return "The grant allows the action with digest %s, and what is about to run has %s. Run nothing; request the changed action."
                .formatted(request.digest(), command.presented());
    }

    static String alreadyRedeemed(Instant redeemedAt) {
        return "The grant was taken up at %s, and it is good for one run. Run nothing; request the action again if it is needed again."
                .formatted(time(redeemedAt));
    }

    static String grantExpired(Instant expiresAt) {
        return "The grant ended at %s. Run nothing; request the action again if it is still needed."
                .formatted(time(expiresAt));
    }

    static String clipped(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        // Half a surrogate pair is no Unicode text and could not be written as JSON.
        int end = Character.isHighSurrogate(text.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return text.substring(0, end) + "…";
    }

    private static String reason(String format, Object... args) {
        return clipped(format.formatted(args), LONGEST_REASON);
    }

    private static String redeem(Instant until) {
        return "Redeem the grant before %s and run exactly this action, once.".formatted(time(until));
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("!") || text.endsWith("?") ? text : text + ".";
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.Pending;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What agents are told, and everybody about what is decided, in full sentences: what happened, and what to do now. */
final class Wording {

    static final int LONGEST_EXPLANATION = 500;
    private static final int LONGEST_REASON = 2_000;
    private static final String NOTHING_RUNS = " Nothing may run.";

    private Wording() {}

    static String allowedByPolicy(Verdict verdict, Instant grantUntil) {
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

    static String rejected(Requirement requirement, Course course, Review rejection) {
        List<String> asked = Stream.concat(
                        requirement.slots().stream().map(Requirement.Slot::group), course.escalated().stream())
                .distinct()
                .toList();
        String groups =
                asked.stream().filter(rejection.reviewer().groups()::contains).collect(Collectors.joining(" and "));
        return reason(
                "Rejected by a person %s, who says: \"%s\"%s Ask again only for something that answers this.",
                groups.isEmpty() ? "who was asked" : "in " + groups,
                Objects.requireNonNull(rejection.reason()),
                NOTHING_RUNS);
    }

    static String allowedInEmergency(BreakGlass terms, Review review, Instant grantUntil) {
        return reason(
                "Allowed at once by a person in %s, in an emergency: \"%s\". Others will look at it afterwards. %s",
                terms.group(), Objects.requireNonNull(review.reason()), redeem(grantUntil));
    }

    /** What an agent has to know whose inputs were changed; empty when they were not. */
    static String edited(Course course) {
        return course.edits().isEmpty()
                ? ""
                : " A reviewer has changed the inputs: run it with the parameters of this decision, or not at all.";
    }

    static String policyChanged(AutoDenied verdict) {
        String safer = verdict.saferAlternative();
        return reason(
                "Policy changed while this was pending, and now forbids it: %s%s%s",
                sentence(verdict.assessment().explanation()),
                NOTHING_RUNS,
                safer == null ? "" : " Do this instead: " + sentence(safer));
    }

    static String superseded(ActionId by) {
        return "You have asked for exactly this already, in %s, and people have not decided on that yet.%s Wait for its decision."
                .formatted(by, NOTHING_RUNS);
    }

    static String tooManyPending(int most) {
        return "%d of your requests wait for people, and policy allows no more at once.%s Ask again when one of them is decided."
                .formatted(most, NOTHING_RUNS);
    }

    static String coolsDown(Instant rejected, Instant until) {
        return "People rejected the like of this at %s, and policy lets you ask again only from %s on.%s"
                .formatted(time(rejected), time(until), NOTHING_RUNS);
    }

    static String undeliverable(Instant expiresAt) {
        return reason(
                "Nobody who could approve this could be told of it, and nobody came until %s.%s Ask again if it is still needed; those who run Obstat know of it.",
                time(expiresAt), NOTHING_RUNS);
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

    static String digestDiffers(Review review, Pending pending) {
        Course.Reassessment awaited = pending.course().awaited();
        return digestDiffers(review, awaited == null ? pending.request() : awaited.request());
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

    static String foreignKey(Command.Redeem command) {
        return command.key() == null
                ? "The grant is bound to a key, and nothing proves that you hold it. Send a DPoP proof by that key (RFC 9449)."
                : "The grant is bound to a key, and the DPoP proof is by another. Run nothing; sign the proof with the key of the request.";
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

    static String grantRevoked(Instant revokedAt) {
        return "The grant was revoked at %s. Run nothing; what speaks against it is on record with the decision."
                .formatted(time(revokedAt));
    }

    static String agentSuspended(AgentId agent) {
        return "%s is suspended, and its grants are worth nothing until that is lifted. Run nothing.".formatted(agent);
    }

    static String grantOfOldPolicy(Instant activatedAt) {
        return "This was allowed by a policy that another one has replaced at %s. Run nothing; request the action again."
                .formatted(time(activatedAt));
    }

    static String approversChanged() {
        return "Of those who approved this, too many may no longer approve it. Run nothing; request the action again.";
    }

    static String revokedByPerson(Review review) {
        return reason("Revoked by a person, who says: \"%s\"%s", Objects.requireNonNull(review.reason()), NOTHING_RUNS);
    }

    static String givenBack() {
        return "You gave the grant back unused." + NOTHING_RUNS;
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

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}

package io.obstat.decision;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.AutoDenied;
import io.obstat.contracts.event.ReviewRecorded.SlotProgress;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.contracts.event.Verdict;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ReviewAnswer.Refused;
import io.obstat.decision.Vote.Principal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is said to agents and people, in full sentences: what happened, and what to do now. */
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
        return "Another policy came into force at %s, after this was allowed. Run nothing; request the action again."
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

    // ---- what a reviewer is told ----

    /** Such as {@code approve}: to be read after "you cannot" and before what. */
    static String verb(Verb verb) {
        return switch (verb) {
            case APPROVE -> "approve";
            case REJECT -> "reject";
            case ESCALATE -> "escalate";
            case CLAIM -> "claim";
            case RELEASE -> "release";
            case ASK -> "ask about";
            case EDIT -> "edit";
            case BREAK_GLASS -> "allow";
            case SIGN -> "sign for";
            case REVOKE -> "revoke";
        };
    }

    static String alreadyReviewed(Vote earlier, Vote another, String missing) {
        Principal principal = earlier.standsFor() == null ? another.standsFor() : earlier.standsFor();
        if (!earlier.approves()) {
            return "You have rejected this already, and that stands.";
        }
        return principal == null
                ? "You have approved this already, and one person counts once. Still needed: %s.".formatted(missing)
                : "You or %s, for whom a delegate can stand, have approved this already, and that counts once. Still needed: %s."
                        .formatted(principal.person().subject(), missing);
    }

    static String awaitsPolicy() {
        return "The inputs were changed a moment ago, and policy has not spoken on them yet. Try again in a moment.";
    }

    static String assurance(Requirement requirement, Review review) {
        return clipped(
                "Policy wants you to be identified by %s for this, and you were by %s. Open the request's page and decide there."
                        .formatted(
                                identification(Objects.requireNonNull(requirement.assurance())),
                                identification(review.reviewer().identifiedBy())),
                LONGEST_EXPLANATION);
    }

    static String reasonMissing(Verb verb) {
        return "Policy wants a reason from whoever wants to %s this. Say why.".formatted(verb(verb));
    }

    static Refused notDecided(Verb verb) {
        return new Refused(
                Cause.NOT_APPLICABLE,
                verb == Verb.SIGN
                        ? "There is nothing to sign: nobody has allowed this in an emergency."
                        : "There is nothing to revoke: this is not decided. Reject it instead.");
    }

    static String nobodyElse() {
        return "There is nobody else to ask: policy names no further group.";
    }

    static String escalated(String group) {
        return clipped("%s is asked as well from now on.".formatted(group), LONGEST_EXPLANATION);
    }

    static String claimed() {
        return "It is on record that you are looking at this. Others can still decide.";
    }

    static String alreadyClaimed() {
        return "You are on record as looking at this already.";
    }

    static String released() {
        return "It is on record that you are no longer looking at this.";
    }

    static String notClaimed() {
        return "You are not on record as looking at this, so there is nothing to release.";
    }

    static String asked() {
        return "The agent has your question. Its answer will stand with the request.";
    }

    static String tooManyQuestions() {
        return "%d questions were asked already. Decide by what is there, or reject.".formatted(Course.MOST_QUESTIONS);
    }

    static String edits() {
        return "The inputs are changed. Policy speaks on them now; then somebody else has to approve, since you are a co-author.";
    }

    static String editsNothing() {
        return "These are the inputs as they are; nothing was changed.";
    }

    static String tooManyEdits() {
        return "The inputs were changed %d times already. Decide by what is there, or reject."
                .formatted(Course.MOST_EDITS);
    }

    static String noBreakGlass() {
        return "Policy names nobody who may allow this at once. It takes the approvals that it names.";
    }

    static String notForBreakGlass(BreakGlass terms) {
        return clipped("Only people in %s may allow this at once.".formatted(terms.group()), LONGEST_EXPLANATION);
    }

    static String overdue() {
        return "You have allowed something in an emergency that others have not signed in time. Until they have, you cannot do it again.";
    }

    static String broken(BreakGlass terms, Instant now) {
        return clipped(
                "Allowed at once, and the owners are told. %d from %s must sign by %s."
                        .formatted(
                                terms.signedBy().approvals(), terms.signedBy().group(), time(now.plus(terms.within()))),
                LONGEST_EXPLANATION);
    }

    static String nothingToSign() {
        return "There is nothing to sign: this was not allowed in an emergency.";
    }

    static String ownEmergency() {
        return "You have allowed this yourself, so others have to sign.";
    }

    static String notForSigning(Requirement.Slot signers) {
        return clipped("This is for people in %s to sign.".formatted(signers.group()), LONGEST_EXPLANATION);
    }

    static String alreadySigned() {
        return "You have signed this already, and one person counts once.";
    }

    static String signed(int missing) {
        return missing == 0 ? "Signed. Nothing is owed any more." : "Signed. Still needed: %d more.".formatted(missing);
    }

    static String revoked() {
        return "Revoked. The agent's grant is void.";
    }

    static String alreadyRevoked() {
        return "This is revoked already.";
    }

    static String tooLateToRevoke(Instant redeemedAt) {
        return "The agent took up its grant at %s, so revoking it stops nothing any more.".formatted(time(redeemedAt));
    }

    static String notYoursToRevoke() {
        return "Policy allowed this without asking people, so it is for the agent's owner and the person it acts for to revoke.";
    }

    static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String identification(Identification identification) {
        return switch (identification) {
            case CHAT -> "a click in chat";
            case BEARER_TOKEN -> "a token";
            case OIDC_SESSION -> "signing in";
            case WEBAUTHN -> "a security key";
        };
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

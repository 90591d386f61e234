package io.obstat.decision;

import io.obstat.contracts.Requirement;
import io.obstat.contracts.Requirement.BreakGlass;
import io.obstat.contracts.Review;
import io.obstat.contracts.Review.Verb;
import io.obstat.contracts.Reviewer.Identification;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.decision.ReviewAnswer.Refused;
import io.obstat.decision.Vote.Principal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What reviewers are told of what they did, in full sentences: what came of it, and what to do now. */
final class Replies {

    private Replies() {}

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
        return Wording.clipped(
                "Policy wants you to be identified by %s for this, and you were by %s. Open the request's page and decide there."
                        .formatted(
                                identification(Objects.requireNonNull(requirement.assurance())),
                                identification(review.reviewer().identifiedBy())),
                Wording.LONGEST_EXPLANATION);
    }

    static String unproven() {
        return "You were asked for your security key, and nothing came of it.";
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
        return Wording.clipped("%s is asked as well from now on.".formatted(group), Wording.LONGEST_EXPLANATION);
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
        return Wording.clipped(
                "Only people in %s may allow this at once.".formatted(terms.group()), Wording.LONGEST_EXPLANATION);
    }

    static String overdue() {
        return "You have allowed something in an emergency that others have not signed in time. Until they have, you cannot do it again.";
    }

    static String broken(BreakGlass terms, Instant now) {
        return Wording.clipped(
                "Allowed at once, and the owners are told. %d from %s must sign by %s."
                        .formatted(
                                terms.signedBy().approvals(),
                                terms.signedBy().group(),
                                Wording.time(now.plus(terms.within()))),
                Wording.LONGEST_EXPLANATION);
    }

    static String nothingToSign() {
        return "There is nothing to sign: this was not allowed in an emergency.";
    }

    static String ownEmergency() {
        return "You have allowed this yourself, so others have to sign.";
    }

    static String notForSigning(Requirement.Slot signers) {
        return Wording.clipped(
                "This is for people in %s to sign.".formatted(signers.group()), Wording.LONGEST_EXPLANATION);
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
        return "The agent took up its grant at %s, so revoking it stops nothing any more."
                .formatted(Wording.time(redeemedAt));
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
}

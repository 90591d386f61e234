package io.obstat.decision;

import io.obstat.contracts.Grant;
import io.obstat.contracts.Review;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.DecisionRevoked;
import io.obstat.contracts.event.GlassOverdue;
import io.obstat.contracts.event.GlassSigned;
import io.obstat.contracts.event.ReviewRefused.Cause;
import io.obstat.contracts.event.RunOverdue;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Glass;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Revoked;
import io.obstat.decision.ApprovalState.Run;
import io.obstat.decision.ApprovalState.TakenUp;
import io.obstat.decision.ApprovalState.Unused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What follows what was allowed: it is revoked, it is signed after an emergency, or it is overdue. */
record Aftermath(Closing closing) {

    /** Void before it is used. Whoever has a say may, and so may those whose own it is: it only ever prevents. */
    Transition<ReviewAnswer> revoke(Granted granted, Review review, Circumstances at) {
        return objection(granted, review, at)
                .map(refused -> Hearing.refuse(granted, review, refused, at))
                .orElseGet(() -> {
                    var answer = new ReviewAnswer.Done(Replies.revoked());
                    CaseFile file = granted.file();
                    Granted heard = granted.with(file.with(file.log().plus(review, answer)));
                    return revoked(heard, review, Wording.revokedByPerson(review), answer, at.now());
                });
    }

    /** The agent gives it back. */
    Transition<Answer.Noted> giveBack(Granted granted, Command.GiveBack command) {
        boolean own = granted.file().decision().agent().equals(command.agent());
        return own && granted.use() instanceof Unused
                ? revoked(granted, null, Wording.givenBack(), Answer.NOTED, command.now())
                : Transition.unchanged(granted, Answer.NOTED);
    }

    /** Another person has looked at what was allowed in an emergency. */
    Transition<ReviewAnswer> sign(Granted granted, Review review, Circumstances at) {
        Glass glass = granted.glass();
        if (glass == null) {
            return refuse(granted, review, Cause.NOT_APPLICABLE, Replies.nothingToSign(), at);
        }
        return objection(granted, glass, review, at)
                .map(refused -> Hearing.refuse(granted, review, refused, at))
                .orElseGet(() -> signed(granted, glass.signed(review), review, at));
    }

    /** What is overdue by now and not yet on record. */
    Transition<Answer.Noted> tick(Granted before, Circumstances at) {
        Instant now = at.now();
        var facts = new ArrayList<Fact>();
        Granted granted = before;
        boolean runOverdue = new Timetable(closing.terms())
                .due(granted)
                .filter(due -> !now.isBefore(due))
                .isPresent();
        if (runOverdue) {
            facts.add(runOverdue(granted, now));
            granted = switch (granted.use()) {
                case Unused unused -> granted.with(new Unused(true));
                case TakenUp taken -> granted.with(new TakenUp(taken.redeemed(), true));
                case Run run -> granted;
                case Revoked revoked -> granted;
            };
        }
        Glass glass = granted.glass();
        if (glass != null && !glass.overdue() && glass.overdueAt(now)) {
            facts.add(Fact.of(new GlassOverdue(
                    granted.file().decision().actionId(),
                    glass.broken().reviewer().person(),
                    glass.missing(),
                    glass.dueAt(),
                    now)));
            granted = granted.with(glass.raised());
        }
        return Transition.unchanged((ApprovalState) granted, Answer.NOTED).after(facts);
    }

    private static Fact runOverdue(Granted granted, Instant now) {
        Decision decision = granted.file().decision();
        Instant redeemedAt =
                granted.use() instanceof TakenUp taken ? taken.redeemed().redeemedAt() : null;
        return Fact.of(new RunOverdue(
                decision.actionId(), granted.grant().id(), decision.agent(), decision.asked(), redeemedAt, now));
    }

    private <A extends Answer> Transition<A> revoked(
            Granted granted, @Nullable Review review, String reason, A answer, Instant now) {
        CaseFile file = granted.file();
        Grant grant = granted.grant();
        var revoked = new DecisionRevoked(
                file.decision().actionId(),
                grant.id(),
                file.decision().asked(),
                review,
                reason,
                now,
                closing.notary().revocation(file.request(), grant, now));
        return Transition.to(granted.with(new Revoked(revoked)), answer, Fact.of(revoked));
    }

    private static Transition<ReviewAnswer> signed(Granted granted, Glass glass, Review review, Circumstances at) {
        var answer = new ReviewAnswer.Done(Replies.signed(glass.missing()));
        CaseFile file = granted.file();
        return Transition.to(
                granted.with(file.with(file.log().plus(review, answer))).with(glass),
                answer,
                Fact.of(new GlassSigned(file.decision().actionId(), review, glass.missing(), at.now())));
    }

    private static Optional<ReviewAnswer.Refused> objection(Granted granted, Review review, Circumstances at) {
        CaseFile file = granted.file();
        var duties = new SeparationOfDuties(file.request(), file.course().coAuthors(), at.roster());
        if (duties.isAgent(review.reviewer())) {
            return Optional.of(SeparationOfDuties.onRecord(SeparationOfDuties.notAPerson(review.reviewer())));
        }
        if (!duties.isOwn(review.reviewer())) {
            Optional<ReviewAnswer.Refused> stranger = stranger(file, review, at);
            if (stranger.isPresent()) {
                return stranger.map(SeparationOfDuties::onRecord);
            }
        }
        if (!file.decision().digest().equals(review.digest())) {
            return refused(Cause.DIGEST_DIFFERS, Wording.digestDiffers(review, file.request()));
        }
        return switch (granted.use()) {
            case Unused unused when at.now().isBefore(granted.grant().expiresAt()) -> Optional.empty();
            case Unused ended ->
                refused(
                        Cause.NOT_APPLICABLE,
                        Wording.grantExpired(granted.grant().expiresAt()));
            case TakenUp taken ->
                refused(
                        Cause.NOT_APPLICABLE,
                        Replies.tooLateToRevoke(taken.redeemed().redeemedAt()));
            case Run run ->
                refused(
                        Cause.NOT_APPLICABLE,
                        Replies.tooLateToRevoke(run.redeemed().redeemedAt()));
            case Revoked revoked -> refused(Cause.NOT_APPLICABLE, Replies.alreadyRevoked());
        };
    }

    /** Somebody who neither was asked nor could be. */
    private static Optional<ReviewAnswer.Refused> stranger(CaseFile file, Review review, Circumstances at) {
        if (!(file.verdict() instanceof ApprovalRequired required)) {
            return refused(Cause.NOT_ELIGIBLE, Replies.notYoursToRevoke());
        }
        var panel = new Panel(file.request(), required.requirement(), file.course(), at);
        return panel.admit(review, file.log().votes()) instanceof Panel.Admission.Turned turned
                ? Optional.of(turned.refused())
                : Optional.empty();
    }

    private static Optional<ReviewAnswer.Refused> objection(
            Granted granted, Glass glass, Review review, Circumstances at) {
        CaseFile file = granted.file();
        Roster roster = at.roster();
        Optional<ReviewAnswer.Refused> own = new SeparationOfDuties(
                        file.request(), file.course().coAuthors(), roster)
                .objection(review.reviewer(), null, review.verb());
        if (own.isPresent()) {
            return own.map(SeparationOfDuties::onRecord);
        }
        if (!Collections.disjoint(
                roster.keys(review.reviewer()), roster.keys(glass.broken().reviewer()))) {
            return Optional.of(
                    SeparationOfDuties.onRecord(new ReviewAnswer.Refused(Cause.OWN_EMERGENCY, Replies.ownEmergency())));
        }
        if (!roster.groups(review.reviewer()).contains(glass.signedBy().group())) {
            return refused(Cause.NOT_ELIGIBLE, Replies.notForSigning(glass.signedBy()));
        }
        if (!file.decision().digest().equals(review.digest())) {
            return refused(Cause.DIGEST_DIFFERS, Wording.digestDiffers(review, file.request()));
        }
        if (file.verdict() instanceof ApprovalRequired required
                && !new Panel(file.request(), required.requirement(), file.course(), at).isAssured(review)) {
            return refused(Cause.ASSURANCE_TOO_LOW, Replies.assurance(required.requirement(), review));
        }
        boolean again = glass.signatures().stream()
                .anyMatch(earlier ->
                        !Collections.disjoint(roster.keys(earlier.reviewer()), roster.keys(review.reviewer())));
        return again ? refused(Cause.ALREADY_REVIEWED, Replies.alreadySigned()) : Optional.empty();
    }

    private static Optional<ReviewAnswer.Refused> refused(Cause cause, String why) {
        return Optional.of(new ReviewAnswer.Refused(cause, why));
    }

    private static Transition<ReviewAnswer> refuse(
            Granted granted, Review review, Cause cause, String why, Circumstances at) {
        return Hearing.refuse(granted, review, new ReviewAnswer.Refused(cause, why), at);
    }
}

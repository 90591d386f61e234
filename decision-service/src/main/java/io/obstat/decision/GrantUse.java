package io.obstat.decision;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.Decision.DecidedBy;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantMisused.Cause;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.decision.ApprovalState.CaseFile;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Revoked;
import io.obstat.decision.ApprovalState.Run;
import io.obstat.decision.ApprovalState.TakenUp;
import io.obstat.decision.ApprovalState.Unopened;
import io.obstat.decision.ApprovalState.Unused;
import io.obstat.decision.Circumstances.PolicyInForce;
import java.util.Objects;
import java.util.Optional;

/**
 * What becomes of a grant: taken up once, by its agent, in time, for exactly the digest that was approved, and only while all that made it good
 * still holds; then reported, once. Every other attempt with a real grant is a fact.
 */
final class GrantUse {

    private GrantUse() {}

    /** Why a grant is worth nothing now. */
    private record Flaw(Cause cause, String explanation) {}

    static Transition<RedemptionAnswer> redeem(ApprovalState state, Command.Redeem command) {
        return switch (state) {
            // INVARIANT: NothingRunsWithoutGrant. No other state has a grant to take up.
            case Granted granted when granted.grant().id().equals(command.grant()) -> redeem(granted, command);
            case Granted other -> Transition.unchanged(other, new RedemptionAnswer.Unknown());
            case Refused other -> Transition.unchanged(other, new RedemptionAnswer.Unknown());
            case Pending other -> Transition.unchanged(other, new RedemptionAnswer.Unknown());
            case Unopened other -> Transition.unchanged(other, new RedemptionAnswer.Unknown());
        };
    }

    static Transition<ReportAnswer> report(ApprovalState state, Command.Report command) {
        return switch (state) {
            case Granted granted when granted.grant().id().equals(command.grant()) -> report(granted, command);
            case Granted other -> Transition.unchanged(other, new ReportAnswer.Unknown());
            case Refused other -> Transition.unchanged(other, new ReportAnswer.Unknown());
            case Pending other -> Transition.unchanged(other, new ReportAnswer.Unknown());
            case Unopened other -> Transition.unchanged(other, new ReportAnswer.Unknown());
        };
    }

    /** Whether the grant could be taken up now by its agent for its action. */
    static boolean isGood(Granted granted, Circumstances at) {
        return flaw(granted, at).isEmpty();
    }

    private static Transition<RedemptionAnswer> redeem(Granted granted, Command.Redeem command) {
        return foreign(granted, command)
                .or(() -> flaw(granted, command.at()))
                .map(flaw -> misused(granted, command, flaw))
                .orElseGet(() -> redeemed(granted, command));
    }

    /** What is wrong with who presents it, and for what. */
    private static Optional<Flaw> foreign(Granted granted, Command.Redeem command) {
        Decision decision = granted.file().decision();
        if (!command.presenter().equals(decision.agent().value())) {
            String why = Wording.foreignAgent(granted.file().request(), command.presenter());
            return Optional.of(new Flaw(Cause.FOREIGN_AGENT, why));
        }
        String bound = granted.file().request().verified().keyThumbprint();
        if (bound != null && !bound.equals(command.key())) {
            return Optional.of(new Flaw(Cause.FOREIGN_KEY, Wording.foreignKey(command)));
        }
        if (!command.presented().equals(decision.digest())) {
            String why = Wording.otherDigest(command, granted.file().request());
            return Optional.of(new Flaw(Cause.DIGEST_DIFFERS, why));
        }
        return Optional.empty();
    }

    /** What is wrong with the grant, whoever presents it. */
    private static Optional<Flaw> flaw(Granted granted, Circumstances at) {
        return switch (granted.use()) {
            case Unused unused -> flawOfUnused(granted, at);
            case TakenUp taken -> usedUp(taken.redeemed());
            case Run run -> usedUp(run.redeemed());
            case Revoked revoked ->
                Optional.of(new Flaw(
                        Cause.REVOKED, Wording.grantRevoked(revoked.revoked().revokedAt())));
        };
    }

    private static Optional<Flaw> flawOfUnused(Granted granted, Circumstances at) {
        CaseFile file = granted.file();
        AgentId agent = file.decision().agent();
        PolicyInForce policy = at.policy();
        if (!at.now().isBefore(granted.grant().expiresAt())) {
            return Optional.of(
                    new Flaw(Cause.EXPIRED, Wording.grantExpired(granted.grant().expiresAt())));
        }
        if (at.roster().isSuspended(agent)) {
            return Optional.of(new Flaw(Cause.AGENT_SUSPENDED, Wording.agentSuspended(agent)));
        }
        if (policy != null && at.policyChangedSince(file.verdict().assessment())) {
            return Optional.of(new Flaw(Cause.POLICY_CHANGED, Wording.grantOfOldPolicy(policy.activatedAt())));
        }
        return stillApproved(granted, at)
                ? Optional.empty()
                : Optional.of(new Flaw(Cause.APPROVERS_CHANGED, Wording.approversChanged()));
    }

    /** Whether those who approved could still approve. */
    private static boolean stillApproved(Granted granted, Circumstances at) {
        CaseFile file = granted.file();
        if (!(file.verdict() instanceof ApprovalRequired required)
                || file.decision().decidedBy() == DecidedBy.POLICY) {
            return true;
        }
        var panel = new Panel(file.request(), required.requirement(), file.course(), at);
        return granted.glass() == null
                ? panel.quorum(file.log().votes()).met()
                : panel.mayBreakGlass(granted.glass().broken().reviewer());
    }

    private static Optional<Flaw> usedUp(GrantRedeemed redeemed) {
        return Optional.of(new Flaw(Cause.ALREADY_REDEEMED, Wording.alreadyRedeemed(redeemed.redeemedAt())));
    }

    private static Transition<RedemptionAnswer> redeemed(Granted granted, Command.Redeem command) {
        Decision decision = granted.file().decision();
        var redeemed = new GrantRedeemed(
                decision.actionId(), command.grant(), decision.agent(), command.presented(), command.now());
        return Transition.to(
                granted.with(new TakenUp(redeemed, false)), new RedemptionAnswer.Redeemed(redeemed), Fact.of(redeemed));
    }

    private static Transition<RedemptionAnswer> misused(Granted granted, Command.Redeem command, Flaw flaw) {
        Granted next = granted.misusedAgain();
        var misused = new GrantMisused(
                granted.file().decision().actionId(),
                command.grant(),
                command.presenter(),
                command.presented(),
                flaw.cause(),
                flaw.explanation(),
                command.now());
        return Transition.to(
                next, new RedemptionAnswer.Refused(flaw.cause(), flaw.explanation()), Fact.of(misused, next.misuses()));
    }

    private static Transition<ReportAnswer> report(Granted granted, Command.Report command) {
        AgentId agent = granted.file().decision().agent();
        if (!agent.equals(command.agent())) {
            return Transition.unchanged(granted, new ReportAnswer.ForeignAgent());
        }
        return switch (granted.use()) {
            case Unused unused -> Transition.unchanged(granted, new ReportAnswer.NotRedeemed());
            case Revoked revoked -> Transition.unchanged(granted, new ReportAnswer.NotRedeemed());
            case TakenUp taken -> executed(granted, taken, command);
            case Run run -> Transition.unchanged(granted, repeated(run.executed(), command));
        };
    }

    private static Transition<ReportAnswer> executed(Granted granted, TakenUp taken, Command.Report command) {
        var executed = new ActionExecuted(
                granted.file().decision().actionId(),
                command.grant(),
                command.agent(),
                granted.file().decision().asked(),
                command.result(),
                command.summary(),
                command.now());
        return Transition.to(
                granted.with(new Run(taken.redeemed(), executed)),
                new ReportAnswer.Recorded(executed),
                Fact.of(executed));
    }

    private static ReportAnswer repeated(ActionExecuted first, Command.Report command) {
        boolean same = first.result() == command.result() && Objects.equals(first.summary(), command.summary());
        return same ? new ReportAnswer.Recorded(first) : new ReportAnswer.Differs(first);
    }
}

package io.obstat.decision;

import io.obstat.contracts.AgentId;
import io.obstat.contracts.event.ActionExecuted;
import io.obstat.contracts.event.Decision;
import io.obstat.contracts.event.GrantMisused;
import io.obstat.contracts.event.GrantMisused.Cause;
import io.obstat.contracts.event.GrantRedeemed;
import io.obstat.decision.ApprovalState.Allowed;
import io.obstat.decision.ApprovalState.Executed;
import io.obstat.decision.ApprovalState.Granted;
import io.obstat.decision.ApprovalState.Pending;
import io.obstat.decision.ApprovalState.Redeemed;
import io.obstat.decision.ApprovalState.Refused;
import io.obstat.decision.ApprovalState.Unopened;
import java.time.Instant;
import java.util.Objects;

/**
 * What becomes of a grant: taken up once, by its agent, in time, for exactly the digest that was approved; then reported, once. Every
 * other attempt with a real grant is a fact.
 */
final class GrantUse {

    private GrantUse() {}

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

    private static Transition<RedemptionAnswer> redeem(Granted granted, Command.Redeem command) {
        Decision decision = granted.file().decision();
        if (!command.presenter().equals(decision.agent().value())) {
            String why = Wording.foreignAgent(granted.file().verdict().request(), command.presenter());
            return misused(granted, command, Cause.FOREIGN_AGENT, why);
        }
        if (!command.presented().equals(decision.digest())) {
            String why = Wording.otherDigest(command, granted.file().verdict().request());
            return misused(granted, command, Cause.DIGEST_DIFFERS, why);
        }
        return switch (granted) {
            case Allowed allowed
            when !command.now().isBefore(allowed.grant().expiresAt()) ->
                misused(
                        allowed,
                        command,
                        Cause.EXPIRED,
                        Wording.grantExpired(allowed.grant().expiresAt()));
            case Allowed allowed -> redeemed(allowed, command);
            case Redeemed redeemed ->
                usedUp(redeemed, command, redeemed.redeemed().redeemedAt());
            case Executed executed ->
                usedUp(executed, command, executed.redeemed().redeemedAt());
        };
    }

    private static Transition<RedemptionAnswer> redeemed(Allowed allowed, Command.Redeem command) {
        Decision decision = allowed.file().decision();
        var redeemed = new GrantRedeemed(
                decision.actionId(), command.grant(), decision.agent(), command.presented(), command.now());
        return Transition.to(allowed.redeem(redeemed), new RedemptionAnswer.Redeemed(redeemed), Fact.of(redeemed));
    }

    private static Transition<RedemptionAnswer> usedUp(Granted used, Command.Redeem command, Instant redeemedAt) {
        return misused(used, command, Cause.ALREADY_REDEEMED, Wording.alreadyRedeemed(redeemedAt));
    }

    private static Transition<RedemptionAnswer> misused(
            Granted granted, Command.Redeem command, Cause cause, String explanation) {
        Granted next = granted.misusedAgain();
        var misused = new GrantMisused(
                granted.file().decision().actionId(),
                command.grant(),
                command.presenter(),
                command.presented(),
                cause,
                explanation,
                command.now());
        return Transition.to(next, new RedemptionAnswer.Refused(cause, explanation), Fact.of(misused, next.misuses()));
    }

    private static Transition<ReportAnswer> report(Granted granted, Command.Report command) {
        AgentId agent = granted.file().decision().agent();
        if (!agent.equals(command.agent())) {
            return Transition.unchanged(granted, new ReportAnswer.ForeignAgent());
        }
        return switch (granted) {
            case Allowed allowed -> Transition.unchanged(allowed, new ReportAnswer.NotRedeemed());
            case Redeemed redeemed -> executed(redeemed, command);
            case Executed executed -> Transition.unchanged(executed, repeated(executed.executed(), command));
        };
    }

    private static Transition<ReportAnswer> executed(Redeemed redeemed, Command.Report command) {
        var executed = new ActionExecuted(
                redeemed.file().decision().actionId(),
                command.grant(),
                command.agent(),
                command.result(),
                command.summary(),
                command.now());
        return Transition.to(redeemed.execute(executed), new ReportAnswer.Recorded(executed), Fact.of(executed));
    }

    private static ReportAnswer repeated(ActionExecuted first, Command.Report command) {
        boolean same = first.result() == command.result() && Objects.equals(first.summary(), command.summary());
        return same ? new ReportAnswer.Recorded(first) : new ReportAnswer.Differs(first);
    }
}

package io.obstat.decision.simulation;

import io.obstat.decision.Circumstances;
import io.obstat.decision.Command;

/** The same command, delivered in other circumstances. */
final class Redelivery {

    private Redelivery() {}

    static Command of(Command command, Circumstances at) {
        return switch (command) {
            case Command.Open open -> new Command.Open(open.verdict(), at);
            case Command.Submit submit -> new Command.Submit(submit.review(), submit.proven(), at);
            case Command.Reply reply -> new Command.Reply(reply.question(), reply.agent(), reply.text(), at);
            case Command.Withdraw withdraw -> new Command.Withdraw(withdraw.withdrawal(), at);
            case Command.Tick tick -> new Command.Tick(at);
            case Command.Deliver deliver -> new Command.Deliver(deliver.notification(), at);
            case Command.Redeem redeem ->
                new Command.Redeem(redeem.grant(), redeem.presenter(), redeem.presented(), redeem.key(), at);
            case Command.GiveBack giveBack -> new Command.GiveBack(giveBack.grant(), giveBack.agent(), at);
            case Command.Report report ->
                new Command.Report(report.grant(), report.agent(), report.result(), report.summary(), at);
        };
    }

    static String describe(Command command) {
        return switch (command) {
            case Command.Open open -> "open: " + open.verdict();
            case Command.Submit submit -> (submit.proven() ? "submit: " : "attempt: ") + submit.review();
            case Command.Reply reply -> "reply: %s by %s".formatted(reply.question(), reply.agent());
            case Command.Withdraw withdraw -> "withdraw: " + withdraw.withdrawal();
            case Command.Tick tick -> "tick";
            case Command.Deliver deliver -> "deliver: " + deliver.notification();
            case Command.Redeem redeem -> "redeem: by %s for %s".formatted(redeem.presenter(), redeem.presented());
            case Command.GiveBack giveBack -> "give back: by " + giveBack.agent();
            case Command.Report report -> "report: %s by %s".formatted(report.result(), report.agent());
        };
    }
}

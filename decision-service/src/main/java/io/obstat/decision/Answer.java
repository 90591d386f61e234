package io.obstat.decision;

/** What the sender of a command is told. */
public sealed interface Answer permits Answer.Noted, ReviewAnswer, ReplyAnswer, RedemptionAnswer, ReportAnswer {

    Noted NOTED = new Noted();

    /** For commands that nobody waits for. */
    record Noted() implements Answer {}
}

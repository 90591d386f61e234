package io.obstat.decision;

import io.obstat.contracts.event.QuestionAnswered;

/** What an agent is told that answers a question. */
public sealed interface ReplyAnswer extends Answer {

    /** On record, and the reviewer sees it; a repeat gets the same answer. */
    record Recorded(QuestionAnswered answered) implements ReplyAnswer {}

    /** Another answer is on record, and an answer is not taken back. */
    record Differs() implements ReplyAnswer {}

    /** The action is decided; nobody reads an answer any more. */
    record TooLate() implements ReplyAnswer {}

    /** Nobody has asked this of this agent. */
    record Unknown() implements ReplyAnswer {}
}

package io.obstat.notifier.email;

import io.obstat.notifier.Attempt;
import java.util.concurrent.CompletionStage;

/** Hands mails to whoever carries them. */
interface Mails {

    /** Sends it once. Does not block, and never fails: what went wrong is the attempt. */
    CompletionStage<Attempt> send(DigestMail mail);
}

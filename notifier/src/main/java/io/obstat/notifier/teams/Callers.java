package io.obstat.notifier.teams;

import com.microsoft.bot.schema.Activity;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Decides which inbound activities are let in. */
public interface Callers {

    /**
     * Judges one inbound activity. Does not block; the stage may complete on another thread, and does not fail.
     *
     * @param authorization the Authorization header, if there is one
     * @param activity as the SDK read it from the body; what is acted upon has to be this very object
     */
    CompletionStage<Admission> admit(@Nullable String authorization, Activity activity);

    /**
     * To be called when an activity was let in and then could not be answered (5xx). The Bot Connector may send it again, and it must not be
     * refused as a repeat then: a person clicked.
     */
    void unanswered(Caller caller);
}

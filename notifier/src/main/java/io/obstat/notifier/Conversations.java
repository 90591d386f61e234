package io.obstat.notifier;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Through which service each conversation of Teams is reached, so that it can be written to long after it was last heard from. */
public interface Conversations {

    /** From now on this conversation is reached there. */
    CompletionStage<Void> heard(String conversation, String serviceUrl, Instant at);

    /** Where it is reached; empty when it was never heard from. */
    CompletionStage<Optional<String>> serviceUrl(String conversation);
}

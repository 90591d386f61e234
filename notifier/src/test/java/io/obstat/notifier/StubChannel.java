package io.obstat.notifier;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells these recipients everything, and succeeds. */
public record StubChannel(String name, boolean inOrder, List<Recipient> recipients) implements Channel {

    @Override
    public List<Recipient> recipients(Notice notice, Approval approval) {
        return recipients;
    }

    @Override
    public CompletionStage<Attempt> deliver(Errand errand) {
        return CompletableFuture.completedFuture(new Attempt.Accepted());
    }
}

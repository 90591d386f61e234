package io.obstat.notifier;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Tells these recipients everything, and succeeds. */
public record StubChannel(String name, boolean inOrder, List<Recipient> recipients) implements Channel {

    @Override
    public List<Recipient> recipients(Notice notice, Approval approval) {
        return recipients;
    }

    @Override
    public boolean tellsPeople() {
        return true;
    }

    /** Knows the users of the workspace T1. */
    @Override
    public Optional<String> nameOf(Directory.Keys keys) {
        return keys.slack().stream()
                .filter(key -> key.startsWith("T1/"))
                .map(key -> key.substring("T1/".length()))
                .findFirst();
    }

    @Override
    public CompletionStage<Attempt> deliver(Errand errand) {
        return CompletableFuture.completedFuture(new Attempt.Accepted());
    }
}

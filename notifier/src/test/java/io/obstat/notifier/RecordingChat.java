package io.obstat.notifier;

import io.obstat.contracts.ReviewId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does what it is told to, writes it down, and succeeds unless told otherwise. */
final class RecordingChat implements Chat {

    private final List<String> calls = new ArrayList<>();
    private final Deque<Attempt> troubles = new ArrayDeque<>();
    private final String name;

    RecordingChat(String name) {
        this.name = name;
    }

    /** What it was asked to do, in order. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The next thing that it is asked to do goes like this. */
    void next(Attempt attempt) {
        troubles.add(attempt);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletionStage<Posting> post(CardId id, Card card, String place, boolean again) {
        calls.add("post in %s%s".formatted(place, again ? " again" : ""));
        Attempt trouble = troubles.poll();
        return CompletableFuture.completedFuture(
                trouble == null ? new Posting.Posted(place + "/1") : new Posting.Failed(trouble));
    }

    @Override
    public CompletionStage<Attempt> rewrite(CardId id, String message, Card card) {
        throw new IllegalStateException("A delivery never rewrites a card");
    }

    @Override
    public CompletionStage<Attempt> remark(String message, Remark remark, DeliveryId id, boolean again) {
        return done("remark at %s%s: %s".formatted(message, again ? " again" : "", Words.of(remark.line())));
    }

    /** Knows the users of the workspace T1, and otherwise addresses. */
    @Override
    public Optional<String> nameOf(Directory.Keys keys) {
        return keys.slack().stream()
                .filter(key -> key.startsWith("T1/"))
                .map(key -> key.substring("T1/".length()))
                .findFirst()
                .or(() -> keys.email().stream().findFirst());
    }

    @Override
    public CompletionStage<Attempt> tell(String name, Line line, DeliveryId id, boolean again) {
        return done("tell %s: %s".formatted(name, Words.of(line)));
    }

    @Override
    public CompletionStage<Attempt> answer(ReviewId review, String recipient, String words) {
        return done("answer %s: %s".formatted(recipient, words));
    }

    private CompletionStage<Attempt> done(String call) {
        calls.add(call);
        Attempt trouble = troubles.poll();
        return CompletableFuture.completedFuture(trouble == null ? new Attempt.Accepted() : trouble);
    }
}

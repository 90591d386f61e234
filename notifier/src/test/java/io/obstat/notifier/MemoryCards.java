package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The cards of one action, in memory. */
final class MemoryCards implements Cards {

    private final List<Notice> known = new ArrayList<>();
    private final Map<CardId, String> messages = new HashMap<>();
    private final Map<CardId, Long> shown = new HashMap<>();
    private final Set<CardId> tried = new HashSet<>();
    private final Set<Recipient> places = new LinkedHashSet<>();

    void tell(Notice notice) {
        known.add(notice);
    }

    /** How many notices the card shows. */
    long shown(CardId id) {
        return shown.getOrDefault(id, 0L);
    }

    @Override
    public CompletionStage<Standing> begin(ActionId action, Recipient recipient) {
        CardId id = CardId.of(action, recipient);
        places.add(recipient);
        boolean again = !tried.add(id);
        return CompletableFuture.completedFuture(
                new Standing(id, Approval.of(known), known.size(), messages.get(id), again));
    }

    @Override
    public CompletionStage<Optional<String>> message(CardId id) {
        return CompletableFuture.completedFuture(Optional.ofNullable(messages.get(id)));
    }

    @Override
    public CompletionStage<List<Recipient>> places(ActionId action, String channel) {
        return CompletableFuture.completedFuture(
                places.stream().filter(place -> place.channel().equals(channel)).toList());
    }

    @Override
    public CompletionStage<Boolean> isCard(String message) {
        return CompletableFuture.completedFuture(messages.containsValue(message));
    }

    @Override
    public CompletionStage<Void> notPosted(CardId id) {
        tried.remove(id);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> posted(CardId id, String message, long version, String face) {
        messages.put(id, message);
        shown.put(id, version);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Approval> approval(ActionId action) {
        return CompletableFuture.completedFuture(Approval.of(known));
    }
}

package io.obstat.notifier;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every channel there is, as one. */
public final class Channels {

    private final Map<String, Channel> byName;

    /** @throws IllegalStateException when two channels have one name */
    public Channels(Collection<? extends Channel> channels) {
        byName = channels.stream().collect(Collectors.toUnmodifiableMap(Channel::name, Function.identity()));
    }

    /** Everyone who is to be told this. */
    public List<Recipient> recipients(Notice notice) {
        return byName.values().stream()
                .flatMap(channel -> channel.recipients(notice).stream())
                .toList();
    }

    /** Tells the recipient through their channel. A channel that is no longer there cannot address anyone. */
    public CompletionStage<Attempt> deliver(DeliveryId id, Notice notice, Recipient recipient) {
        Channel channel = byName.get(recipient.channel());
        return channel == null
                ? CompletableFuture.completedFuture(
                        new Attempt.Forbidden("There is no channel %s any more".formatted(recipient.channel())))
                : channel.deliver(id, notice, recipient);
    }
}

package io.obstat.notifier;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** Whether nobody can be told anything. */
    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** Everyone who is to be told this. */
    public List<Recipient> recipients(Notice notice, Approval approval) {
        return byName.values().stream()
                .flatMap(channel -> channel.recipients(notice, approval).stream())
                .toList();
    }

    /** Whether what this recipient is told of one action comes in order. */
    public boolean inOrder(Recipient recipient) {
        Channel channel = byName.get(recipient.channel());
        return channel != null && channel.inOrder();
    }

    /** What this channel calls somebody with these keys; empty when it does not know them. */
    Optional<String> nameOf(String channel, Directory.Keys keys) {
        return Optional.ofNullable(byName.get(channel)).flatMap(known -> known.nameOf(keys));
    }

    /** Whether this recipient is somebody, and no program. */
    public boolean tellsPeople(Recipient recipient) {
        Channel channel = byName.get(recipient.channel());
        return channel != null && channel.tellsPeople();
    }

    /** Tells the recipient through their channel. A channel that is no longer there cannot address anyone. */
    public CompletionStage<Attempt> deliver(Errand errand) {
        String name = errand.recipient().channel();
        Channel channel = byName.get(name);
        return channel == null
                ? CompletableFuture.completedFuture(
                        new Attempt.Forbidden("There is no channel %s any more".formatted(name)))
                : channel.deliver(errand);
    }
}

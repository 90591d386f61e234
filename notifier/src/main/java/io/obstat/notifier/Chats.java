package io.obstat.notifier;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every chat that is configured. */
public final class Chats {

    private final Map<String, Chat> byName;

    /** @throws IllegalStateException when two chats have one name */
    public Chats(Collection<? extends Chat> chats) {
        byName = chats.stream().collect(Collectors.toUnmodifiableMap(Chat::name, Function.identity()));
    }

    public boolean isEmpty() {
        return byName.isEmpty();
    }

    /** All of them. */
    public Collection<Chat> all() {
        return byName.values();
    }

    public Optional<Chat> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}

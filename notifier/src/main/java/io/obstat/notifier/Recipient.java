package io.obstat.notifier;

import io.obstat.contracts.Required;
import java.util.Optional;

/**
 * Someone who can be told, as one channel knows them; or for whom it is looked up in the directory, once it is their turn, who that is.
 *
 * @param channel the channel's {@linkplain Channel#name() name}; 1 to 50 characters
 * @param name the channel's own name for them; 1 to 255 characters. With {@code @} in front it is looked up
 */
public record Recipient(String channel, String name) {

    /** In routes: each member of the group that is asked, for themselves. */
    public static final String MEMBERS = "@members";

    private static final String GROUP = MEMBERS + ":";
    private static final String REQUESTER = "@requester";
    private static final String TO_REQUESTER = "requester:";

    public Recipient {
        Required.text("channel", channel, 50);
        Required.text("recipient", name, 255);
    }

    /** Whoever waits for how an action ends. */
    static Recipient requester(String channel) {
        return new Recipient(channel, REQUESTER);
    }

    /**
     * The same, of whom it is known by now what the channel calls them.
     *
     * @throws io.obstat.contracts.InvalidFieldException when that is longer than 245 characters
     */
    static Recipient requester(String channel, String name) {
        return new Recipient(channel, TO_REQUESTER + name);
    }

    /** Where a route says the members of the group that is asked, those of this one; any other recipient as it is. */
    Recipient of(String group) {
        return name.equals(MEMBERS) ? new Recipient(channel, GROUP + group) : this;
    }

    /** Whether it is looked up who that is. */
    public boolean isLookedUp() {
        return name.startsWith("@");
    }

    /** The group whose members are told; empty when it is somebody else. */
    Optional<String> group() {
        return Optional.of(name).filter(it -> it.startsWith(GROUP)).map(it -> it.substring(GROUP.length()));
    }

    /** What the channel calls the requester; empty when it is somebody else. */
    Optional<String> requester() {
        return Optional.of(name)
                .filter(it -> it.startsWith(TO_REQUESTER))
                .map(it -> it.substring(TO_REQUESTER.length()));
    }
}

package io.obstat.notifier.teams;

import java.util.regex.Pattern;

/**
 * A message in Teams.
 *
 * @param conversation of its thread's channel, or with one person
 * @param activity its own id there
 */
record TeamsMessage(String conversation, String activity) {

    private static final String THREAD = ";messageid=";

    /** Group chats and persons have no threads. */
    private static final Pattern CHANNEL = Pattern.compile("19:.+@thread\\.(tacv2|skype)");

    /** @throws IllegalArgumentException when it is none that {@link #value} writes */
    static TeamsMessage read(String value) {
        int blank = value.indexOf(' ');
        if (blank <= 0) {
            throw new IllegalArgumentException(
                    "A message is a conversation and an activity, and this one is not: " + value);
        }
        return new TeamsMessage(value.substring(0, blank), value.substring(blank + 1));
    }

    String value() {
        return conversation + " " + activity;
    }

    /** Where what is said goes beside it. SPEC: Teams, "Threads in a channel": a conversation of its own, named by its first message. */
    String thread() {
        return CHANNEL.matcher(conversation).matches() ? conversation + THREAD + activity : conversation;
    }

    /** The conversation without the thread in it. */
    static String channel(String conversation) {
        int thread = conversation.indexOf(THREAD);
        return thread < 0 ? conversation : conversation.substring(0, thread);
    }
}

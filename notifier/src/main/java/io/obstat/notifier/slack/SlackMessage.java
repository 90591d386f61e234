package io.obstat.notifier.slack;

/** A message: Slack knows it by the channel it is in and its timestamp. */
record SlackMessage(String channel, String ts) {

    static SlackMessage of(String channel, String ts) {
        return new SlackMessage(channel, ts);
    }

    /** @throws IllegalArgumentException when it is none that {@link #value} writes */
    static SlackMessage read(String value) {
        String[] parts = value.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("A message is a channel and a timestamp, and this one is not: " + value);
        }
        return new SlackMessage(parts[0], parts[1]);
    }

    String value() {
        return channel + "/" + ts;
    }
}

package io.obstat.local.chat;

import java.util.List;

/**
 * What there is in the chats, and where.
 *
 * @param port on the loopback interface; 0 for a free one
 * @param mailPort where mail is taken, there too; 0 for a free one
 * @param personas who is there
 * @param channels where everybody is, the bot included
 */
public record FakeChatSettings(
        int port,
        int mailPort,
        SlackSettings slack,
        TeamsSettings teams,
        List<Persona> personas,
        List<ChatChannel> channels) {

    public FakeChatSettings {
        personas = List.copyOf(personas);
        channels = List.copyOf(channels);
    }

    /** On free ports, with all personas and channels, without rates: for tests. */
    public static FakeChatSettings standard() {
        return new FakeChatSettings(
                0, 0, SlackSettings.standard(), TeamsSettings.standard(), Persona.all(), ChatChannel.all());
    }

    public FakeChatSettings on(int other, int otherForMail) {
        return new FakeChatSettings(other, otherForMail, slack, teams, personas, channels);
    }

    public FakeChatSettings with(SlackSettings other) {
        return new FakeChatSettings(port, mailPort, other, teams, personas, channels);
    }

    public FakeChatSettings with(TeamsSettings other) {
        return new FakeChatSettings(port, mailPort, slack, other, personas, channels);
    }

    /** The same without the rates of the real ones. */
    public FakeChatSettings withoutRateLimits() {
        return with(slack.withoutRateLimits()).with(teams.withoutRateLimits());
    }
}

package io.obstat.local.chat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * Somebody who is in both chats.
 *
 * @param name as the local issuer and the directory call them
 * @param displayName as the chats show it
 * @param slackId Slack's user id
 * @param entraId Entra's object id; of a bot user, an id that nobody has
 * @param kind what the chats say they are
 */
public record Persona(String name, String displayName, String slackId, UUID entraId, Kind kind) {

    /** What a chat says that a user is. */
    public enum Kind {
        MEMBER,
        /** In the workspace by invitation; is_restricted in Slack, a guest in Teams. */
        GUEST,
        /** A bot user of Slack's; not in Teams. */
        BOT
    }

    public static final Persona REVIEWER = member("reviewer", "Robin Reviewer", "U0REVIEWER", 1);
    public static final Persona SECOND_REVIEWER = member("second-reviewer", "Sam Second", "U0SECOND", 2);
    public static final Persona OWNER = member("owner", "Olivia Owner", "U0OWNER", 3);
    public static final Persona ONCALL = member("oncall", "Otis Oncall", "U0ONCALL", 4);
    public static final Persona AUDITOR = member("auditor", "Ada Auditor", "U0AUDITOR", 5);

    /** A guest. */
    public static final Persona CONTRACTOR =
            new Persona("contractor", "Casey Contractor", "U0GUEST", entraId(6), Kind.GUEST);

    /** In the workspace and in the tenant, and unknown to the directory. */
    public static final Persona STRANGER = member("stranger", "Sandy Stranger", "U0STRANGER", 7);

    /** A bot of somebody else's. */
    public static final Persona ROBOT = new Persona("robot", "Robot", "U0ROBOT", entraId(8), Kind.BOT);

    private static Persona member(String name, String displayName, String slackId, int number) {
        return new Persona(name, displayName, slackId, entraId(number), Kind.MEMBER);
    }

    private static UUID entraId(int number) {
        return UUID.fromString("0b57a700-0000-4000-8000-00000000000" + number);
    }

    /** All of them. */
    public static List<Persona> all() {
        return List.of(REVIEWER, SECOND_REVIEWER, OWNER, ONCALL, AUDITOR, CONTRACTOR, STRANGER, ROBOT);
    }

    public String email() {
        return name + "@example.com";
    }

    /** The id that Teams has for them in this tenant, as a bot sees it. */
    public String teamsId() {
        byte[] seed = ("teams user " + entraId).getBytes(StandardCharsets.UTF_8);
        return "29:1" + Base64.getUrlEncoder().withoutPadding().encodeToString(seed);
    }

    public boolean isInTeams() {
        return kind != Kind.BOT;
    }
}

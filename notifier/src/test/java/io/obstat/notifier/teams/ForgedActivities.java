package io.obstat.notifier.teams;

import static io.obstat.notifier.teams.Inbound.BOT;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.notifier.teams.Forgeries.Forgery;
import java.util.List;

/** Good tokens with activities that are not for us. */
final class ForgedActivities {

    private ForgedActivities() {}

    static List<Forgery> all() {
        Rule allowed = Rule.SERVICE_URL_ALLOWED;
        return List.of(
                new Forgery("no serviceUrl", allowed, "missing", in -> in.activity.remove("serviceUrl")),
                new Forgery("not on the list", allowed, "evil.com", in -> in.serviceUrl("https://evil.com/amer/")),
                new Forgery(
                        "lookalike host",
                        allowed,
                        "evil.com",
                        in -> in.serviceUrl("https://smba.trafficmanager.net.evil.com/amer/")),
                new Forgery(
                        "host of a subdomain",
                        allowed,
                        "x.smba",
                        in -> in.serviceUrl("https://x.smba.trafficmanager.net/amer/")),
                new Forgery(
                        "user information",
                        allowed,
                        "@evil.com",
                        in -> in.serviceUrl("https://smba.trafficmanager.net@evil.com/amer/")),
                new Forgery(
                        "user information at a good host",
                        allowed,
                        "a:b@",
                        in -> in.serviceUrl("https://a:b@smba.trafficmanager.net/amer/")),
                new Forgery(
                        "backslash",
                        allowed,
                        "\\@evil.com",
                        in -> in.serviceUrl("https://smba.trafficmanager.net\\@evil.com/")),
                new Forgery(
                        "fragment", allowed, "#", in -> in.serviceUrl("https://smba.trafficmanager.net/#@evil.com/")),
                new Forgery("query", allowed, "?", in -> in.serviceUrl("https://smba.trafficmanager.net/?x=")),
                new Forgery(
                        "dot at the end", allowed, "net./", in -> in.serviceUrl("https://smba.trafficmanager.net./")),
                new Forgery("http", allowed, "'http:", in -> in.serviceUrl("http://smba.trafficmanager.net/amer/")),
                new Forgery(
                        "http at the port of https",
                        allowed,
                        "'http:",
                        in -> in.serviceUrl("http://smba.trafficmanager.net:443/amer/")),
                new Forgery(
                        "another port",
                        allowed,
                        "8443",
                        in -> in.serviceUrl("https://smba.trafficmanager.net:8443/amer/")),
                new Forgery("no scheme", allowed, "'//", in -> in.serviceUrl("//smba.trafficmanager.net/amer/")),
                new Forgery(
                        "other tenant of the conversation",
                        Rule.TENANT,
                        "'other'",
                        in -> in.part("conversation").put("tenantId", "other")),
                new Forgery(
                        "other tenant of the channel",
                        Rule.TENANT,
                        "'other'",
                        in -> ((ObjectNode) in.part("channelData").get("tenant")).put("id", "other")),
                new Forgery("no tenant", Rule.TENANT, "missing", in -> {
                    in.part("conversation").remove("tenantId");
                    in.activity.remove("channelData");
                }),
                new Forgery("other channelId", Rule.CHANNEL, "'skype'", in -> in.activity.put("channelId", "skype")),
                new Forgery(
                        "channelId with another case",
                        Rule.CHANNEL,
                        "'MSTeams'",
                        in -> in.activity.put("channelId", "MSTeams")),
                new Forgery("no channelId", Rule.CHANNEL, "missing", in -> in.activity.remove("channelId")),
                new Forgery(
                        "other recipient",
                        Rule.RECIPIENT,
                        "'28:other'",
                        in -> in.part("recipient").put("id", "28:other")),
                new Forgery(
                        "recipient without 28:",
                        Rule.RECIPIENT,
                        BOT.appId(),
                        in -> in.part("recipient").put("id", BOT.appId())),
                new Forgery("no recipient", Rule.RECIPIENT, "missing", in -> in.activity.remove("recipient")),
                new Forgery("no id", Rule.ACTIVITY_ID, "lacks", in -> in.activity.remove("id")),
                new Forgery("no conversation", Rule.ACTIVITY_ID, "lacks", in -> in.activity.remove("conversation")));
    }
}

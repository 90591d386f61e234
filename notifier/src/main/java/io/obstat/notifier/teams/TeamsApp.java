package io.obstat.notifier.teams;

import io.obstat.notifier.Cards;
import io.obstat.notifier.Chat;
import io.obstat.notifier.Conversations;
import io.obstat.notifier.Reviews;
import java.time.InstantSource;
import java.util.List;

/** The bot in one tenant: its cards and its door. */
public final class TeamsApp implements AutoCloseable {

    private final BotCredentials credentials;
    private final SigningKeys keys;
    private final Connector connector;
    private final TeamsChat chat;
    private final TeamsDoor door;

    public TeamsApp(
            TeamsSettings settings, Reviews reviews, Cards cards, Conversations conversations, InstantSource clock) {
        var services = new ServiceUrls(List.of(settings.origin()));
        credentials =
                new BotCredentials(settings.bot(), settings.secret(), settings.tokenUrl(), settings.timeout(), clock);
        connector = new Connector(settings.bot(), services, credentials, settings.timeout(), clock);
        keys = new SigningKeys(settings.metadataUrl(), settings.timeout(), clock);
        var answers = new TeamsAnswers();
        chat = new TeamsChat(
                connector, conversations, answers, settings.serviceUrl().toString());
        var bot = new TeamsBot(
                new TeamsPeople(connector, clock),
                chat,
                answers,
                new TeamsBot.Sinks(reviews, cards, conversations, clock));
        door = new TeamsDoor(new ConnectorTokens(settings.bot(), services, keys, clock), bot);
    }

    public Chat chat() {
        return chat;
    }

    public TeamsDoor door() {
        return door;
    }

    @Override
    public void close() {
        connector.close();
        keys.close();
        credentials.close();
    }
}

package io.obstat.notifier.teams;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Cards;
import io.obstat.notifier.Chat;
import io.obstat.notifier.Conversations;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Reviews;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bot in one tenant: its cards and its door. */
public final class TeamsApp implements AutoCloseable {

    private final List<AutoCloseable> parts;
    private final TeamsChat chat;
    private final TeamsDoor door;

    /** Where clicks go, what is known, and the time. */
    public record Sinks(
            Reviews reviews, Cards cards, Conversations conversations, Directory directory, InstantSource clock) {}

    /** Where it is: the tenant, empty when there is none, and the service. */
    private record Place(String tenant, URI serviceUrl) {}

    private TeamsApp(Connector connector, Callers callers, Place place, Sinks sinks, List<AutoCloseable> parts) {
        this.parts = parts;
        var answers = new TeamsAnswers();
        chat = new TeamsChat(
                connector,
                sinks.conversations(),
                answers,
                place.tenant(),
                place.serviceUrl().toString());
        door = new TeamsDoor(callers, new TeamsBot(new TeamsPeople(connector, sinks.clock()), chat, answers, sinks));
    }

    /** As it is in production: whoever calls is checked by the Bot Connector's rules. */
    public static TeamsApp of(TeamsSettings settings, Sinks sinks) {
        var services = new ServiceUrls(List.of(origin(settings.serviceUrl())));
        InstantSource clock = sinks.clock();
        var credentials =
                new BotCredentials(settings.bot(), settings.secret(), settings.tokenUrl(), settings.timeout(), clock);
        var connector = new Connector(settings.bot(), services, credentials, settings.timeout(), clock);
        var keys = new SigningKeys(settings.metadataUrl(), settings.timeout(), clock);
        return new TeamsApp(
                connector,
                new ConnectorTokens(settings.bot(), services, keys, clock),
                new Place(settings.bot().tenantId(), settings.serviceUrl()),
                sinks,
                List.of(connector, keys, credentials));
    }

    /**
     * For the Bot Framework Emulator on this machine, which sends no token: nobody is checked.
     *
     * @param app the {@code teams} section, which must not be there
     * @throws InvalidFieldException when settings of production stand beside it, or the service is not on this machine
     */
    public static TeamsApp emulator(@Nullable TeamsFile app, URI serviceUrl, Duration timeout, Sinks sinks) {
        var services = new ServiceUrls(List.of(origin(serviceUrl)));
        Callers callers =
                EmulatorCalls.open(true, app == null ? null : app.app(), app == null ? null : "configured", services);
        var connector = Connector.toEmulator(services, timeout, sinks.clock());
        return new TeamsApp(connector, callers, new Place("", serviceUrl), sinks, List.of(connector));
    }

    private static String origin(URI serviceUrl) {
        return "%s://%s/".formatted(serviceUrl.getScheme(), serviceUrl.getAuthority());
    }

    public Chat chat() {
        return chat;
    }

    public TeamsDoor door() {
        return door;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable part : parts) {
            part.close();
        }
    }
}

package io.obstat.notifier.quarkus;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Cards;
import io.obstat.notifier.Channel;
import io.obstat.notifier.Channels;
import io.obstat.notifier.Chat;
import io.obstat.notifier.ChatChannel;
import io.obstat.notifier.Chats;
import io.obstat.notifier.Clicks;
import io.obstat.notifier.Conversations;
import io.obstat.notifier.Digests;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Members;
import io.obstat.notifier.Reviews;
import io.obstat.notifier.Routes;
import io.obstat.notifier.email.EmailChannel;
import io.obstat.notifier.email.EmailFile;
import io.obstat.notifier.email.EmailSettings;
import io.obstat.notifier.http.HttpDirectory;
import io.obstat.notifier.slack.SlackApp;
import io.obstat.notifier.slack.SlackFile;
import io.obstat.notifier.teams.BotCredentials;
import io.obstat.notifier.teams.BotIdentity;
import io.obstat.notifier.teams.BotSecret;
import io.obstat.notifier.teams.TeamsApp;
import io.obstat.notifier.teams.TeamsFile;
import io.obstat.notifier.teams.TeamsSettings;
import io.obstat.notifier.webhook.Endpoint;
import io.obstat.notifier.webhook.WebhookChannel;
import io.obstat.notifier.webhook.WebhooksFile;
import io.obstat.notifier.yaml.ChannelsFile;
import io.obstat.notifier.yaml.ChannelsFile.UnusableChannelsException;
import io.obstat.notifier.yaml.RoutesFile;
import io.quarkus.oidc.client.OidcClients;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.ext.mail.MailClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Makes the parts from the configuration. A new channel is added to {@link #channels}. */
@ApplicationScoped
class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);
    private static final Duration ISSUER_PATIENCE = Duration.ofSeconds(4);

    private final NotifierConfig config;
    private final Path path;
    private final Path directory;
    private final ChannelsFile file;

    Wiring(NotifierConfig config) {
        this.config = config;
        Optional<Path> configured = config.channelsFile();
        path = configured.orElse(Path.of("channels.yaml")).toAbsolutePath();
        Path parent = path.getParent();
        directory = parent == null ? path : parent;
        file = configured.isPresent() ? ChannelsFile.read(path) : ChannelsFile.empty();
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @Startup
    Optional<SlackApp> slack(Reviews reviews, Clicks clicks, InstantSource clock) {
        SlackFile slack = file.slack();
        return slack == null
                ? Optional.empty()
                : Optional.of(new SlackApp(
                        named(() -> slack.resolve(
                                directory, System::getenv, config.slack().apiUrl(), config.tryTimeout())),
                        reviews,
                        clicks,
                        clock));
    }

    @Produces
    @Singleton
    Directory directory(
            Vertx vertx, OidcClients clients, @ConfigProperty(name = "quarkus.oidc.auth-server-url") String issuer) {
        NotifierConfig.DirectoryAt at = config.directory();
        if (at.url().isEmpty()) {
            LOG.warn("Nobody is told as the member of a group; set obstat.notifier.directory.url for it");
            return Directory.ofNobody();
        }
        String secret = at.clientSecret()
                .orElseThrow(() -> new IllegalStateException(
                        "obstat.notifier.directory.client-secret is missing; give it the secret of the client %s at %s"
                                .formatted(at.clientId(), issuer)));
        return new HttpDirectory(
                vertx, at.url().get(), new OwnTokens(clients, issuer, at.clientId(), secret, ISSUER_PATIENCE));
    }

    @Produces
    @Singleton
    Members members(Directory directory, Cards cards, Channels channels) {
        return new Members(directory, cards, channels);
    }

    @Produces
    @Singleton
    Optional<TeamsApp> teams(
            Reviews reviews, Cards cards, Conversations conversations, Directory directory, InstantSource clock) {
        TeamsFile teams = file.teams();
        var sinks = new TeamsApp.Sinks(reviews, cards, conversations, directory, clock);
        if (config.teams().emulator()) {
            LOG.warn("The Bot Framework Emulator is let in without a token; for development on this machine only");
            return Optional.of(
                    named(() -> TeamsApp.emulator(teams, config.teams().serviceUrl(), config.tryTimeout(), sinks)));
        }
        return teams == null ? Optional.empty() : Optional.of(named(() -> TeamsApp.of(settings(teams), sinks)));
    }

    private TeamsSettings settings(TeamsFile teams) {
        NotifierConfig.TeamsAt at = config.teams();
        return new TeamsSettings(
                new BotIdentity(teams.app(), teams.tenant()),
                BotSecret.parse(
                        "teams.appSecret", teams.appSecret().resolve("teams.appSecret", directory, System::getenv)),
                at.serviceUrl(),
                at.tokenUrl().orElseGet(() -> BotCredentials.tokenUrl(teams.tenant())),
                at.openidMetadataUrl(),
                config.tryTimeout());
    }

    @Produces
    @Singleton
    Chats chats(Optional<SlackApp> slack, Optional<TeamsApp> teams) {
        return new Chats(Stream.of(slack.map(SlackApp::chat), teams.map(TeamsApp::chat))
                .flatMap(Optional::stream)
                .toList());
    }

    void connect(@Observes StartupEvent event, Optional<SlackApp> slack) {
        slack.ifPresent(SlackApp::connect);
    }

    void disconnect(@Observes ShutdownEvent event, Optional<SlackApp> slack, Optional<TeamsApp> teams)
            throws Exception {
        if (teams.isPresent()) {
            teams.get().close();
        }
        if (slack.isPresent()) {
            slack.get().close();
        }
    }

    @Produces
    @Singleton
    Routes routes(Chats chats) {
        RoutesFile routes = file.routes();
        Set<String> names = chats.all().stream().map(Chat::name).collect(Collectors.toCollection(TreeSet::new));
        if (file.email() != null) {
            names.add(EmailChannel.NAME);
        }
        return routes == null
                ? Routes.none()
                : named(() -> routes.resolve(names, config.directory().url().isPresent()));
    }

    @Produces
    @Singleton
    Optional<EmailChannel> email(
            MailClient client,
            @ConfigProperty(name = "quarkus.mailer.host") String host,
            Routes routes,
            Digests digests,
            InstantSource clock) {
        EmailFile email = file.email();
        if (email == null) {
            return Optional.empty();
        }
        EmailSettings settings =
                named(() -> email.resolve(host, config.retry().giveUpAfter(), config.tryTimeout(), config.inboxUrl()));
        LOG.infof("Digests go out through %s, at most one an address in %s", host, settings.every());
        return Optional.of(EmailChannel.through(client, settings, routes, digests, clock));
    }

    @Produces
    @Singleton
    @Startup
    Channels channels(
            Vertx vertx, Chats chats, Optional<EmailChannel> email, Routes routes, Cards cards, InstantSource clock) {
        List<Endpoint> endpoints = endpoints();
        LOG.infof(
                "Webhooks go to %s",
                endpoints.isEmpty()
                        ? "nobody"
                        : endpoints.stream().map(Endpoint::id).toList());
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(config.tryTimeout().toMillis()))
                .setMaxPoolSize(config.concurrency())
                .setKeepAlive(false));
        List<Channel> channels = new ArrayList<>();
        if (!endpoints.isEmpty()) {
            channels.add(new WebhookChannel(client, endpoints, config.tryTimeout(), clock));
        }
        email.ifPresent(channels::add);
        chats.all().forEach(chat -> channels.add(new ChatChannel(chat, routes, cards)));
        return new Channels(channels);
    }

    private List<Endpoint> endpoints() {
        WebhooksFile webhooks = file.webhook();
        return webhooks == null ? List.of() : named(() -> webhooks.resolve(directory, System::getenv));
    }

    /** What is wrong is said with the file that it is in. */
    private <T> T named(Supplier<T> resolved) {
        try {
            return resolved.get();
        } catch (InvalidFieldException e) {
            throw new UnusableChannelsException(path, e.getMessage(), e);
        }
    }
}

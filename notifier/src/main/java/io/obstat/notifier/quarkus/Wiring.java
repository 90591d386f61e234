package io.obstat.notifier.quarkus;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.notifier.Channel;
import io.obstat.notifier.Channels;
import io.obstat.notifier.webhook.Endpoint;
import io.obstat.notifier.webhook.WebhookChannel;
import io.obstat.notifier.webhook.WebhooksFile;
import io.obstat.notifier.yaml.ChannelsFile;
import io.obstat.notifier.yaml.ChannelsFile.UnusableChannelsException;
import io.quarkus.runtime.Startup;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Makes the parts from the configuration. A new channel is added to {@link #channels}. */
@ApplicationScoped
class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private final NotifierConfig config;

    Wiring(NotifierConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    @Startup
    Channels channels(Vertx vertx, InstantSource clock) {
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
        List<Channel> channels = List.of(new WebhookChannel(client, endpoints, config.tryTimeout(), clock));
        return new Channels(channels);
    }

    private List<Endpoint> endpoints() {
        Optional<Path> configured = config.channelsFile();
        if (configured.isEmpty()) {
            return List.of();
        }
        Path file = configured.get().toAbsolutePath();
        WebhooksFile webhooks = ChannelsFile.read(file).webhook();
        if (webhooks == null) {
            return List.of();
        }
        Path directory = file.getParent();
        try {
            return webhooks.resolve(directory == null ? file : directory, System::getenv);
        } catch (InvalidFieldException e) {
            throw new UnusableChannelsException(file, e.getMessage(), e);
        }
    }
}

package io.obstat.notifier.quarkus;

import io.obstat.notifier.Backoff;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Everything that can be set. */
@ConfigMapping(prefix = "obstat.notifier")
public interface NotifierConfig {

    /** {@code channels.yaml}; nobody is told when absent. */
    Optional<Path> channelsFile();

    /** Where people decide; notices link to the action's page below it. */
    URI inboxUrl();

    /** How often the database is asked for what is due. */
    Duration sweepEvery();

    /** How many tries run at a time. */
    int concurrency();

    /** How many of them go to one recipient, whichever process makes them; less than {@link #concurrency}, so that one that hangs leaves places. */
    int concurrencyEach();

    /** For one try as a whole. */
    Duration tryTimeout();

    /** Who knows who is in which group, and what each may do. */
    DirectoryAt directory();

    /** Where decision-service is, which has the directory, and who we are there. */
    interface DirectoryAt {

        /** Without it nobody is told as the member of a group, and everybody in Teams sees the same buttons. */
        Optional<URI> url();

        /** Of our tokens, which are the OIDC issuer's ({@code quarkus.oidc.auth-server-url}) and are in decision-service's group of notifiers. */
        @WithDefault("obstat-notifier")
        String clientId();

        Optional<String> clientSecret();
    }

    /** How Slack is reached. */
    SlackAt slack();

    /** Where Slack is; another place than its own for tests and for {@code --with-fake-chat}. */
    interface SlackAt {

        /** With a slash at the end. */
        URI apiUrl();
    }

    /** How Teams is reached. */
    TeamsAt teams();

    /** Where Teams is; another place than its own for tests and for {@code --with-fake-chat}. */
    interface TeamsAt {

        /** Through which conversations are reached that were never heard from. No other host is talked to. */
        URI serviceUrl();

        /** Where our own tokens come from; Microsoft's, of the tenant, when absent. */
        Optional<URI> tokenUrl();

        /** By which the Bot Connector's keys are found. */
        URI openidMetadataUrl();

        /** Whether the Bot Framework Emulator is let in, which sends no token; on this machine only, and not beside a bot of production. */
        @WithDefault("false")
        boolean emulator();
    }

    /** When to try again. */
    Retry retry();

    /** See {@link Backoff}. */
    interface Retry {

        Duration first();

        Duration longest();

        Duration giveUpAfter();

        /**
         * The settings as one value.
         *
         * @throws io.obstat.contracts.InvalidFieldException naming the setting that makes no sense
         */
        default Backoff backoff() {
            return new Backoff(first(), longest(), giveUpAfter());
        }
    }
}

package io.obstat.notifier.quarkus;

import io.obstat.local.StackFiles;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import io.obstat.local.chat.TeamsSettings;
import io.obstat.notifier.webhook.FakeReceiver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, an OIDC issuer, a receiver of webhooks, Slack, Teams and a mail server, each real and on a port of its own; Kafka in memory. */
public class Surroundings implements QuarkusTestResourceLifecycleManager {

    /** A wait ends as soon as what it waits for is there, so a long one costs nothing and survives a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static @Nullable Surroundings running;

    private final FakeIssuer issuer = new FakeIssuer();
    private final FakeDecisionService decisions = new FakeDecisionService();
    private final FakeReceiver receiver = new FakeReceiver();
    private final FakeChat chat = FakeChat.start(FakeChatSettings.standard());
    private final MailServer mail = new MailServer();
    private final Path directory;
    private @Nullable EmbeddedPostgres postgres;

    public Surroundings() throws IOException {
        directory = Files.createTempDirectory("obstat-notifier");
    }

    @Override
    public Map<String, String> start() {
        Awaitility.setDefaultTimeout(PATIENCE);
        try {
            postgres = EmbeddedPostgres.builder().setPGStartupWait(PATIENCE).start();
            running = this;
            Map<String, String> settings = new HashMap<>();
            settings.putAll(InMemoryConnector.switchIncomingChannelsToInMemory(
                    "verdicts", "approvals", "decisions", "executions"));
            settings.putAll(InMemoryConnector.switchOutgoingChannelsToInMemory("notifications", "reviews"));
            settings.put("quarkus.datasource.username", "postgres");
            settings.put("quarkus.datasource.password", "postgres");
            settings.put("quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"));
            settings.put(
                    "quarkus.datasource.reactive.url",
                    "postgresql://localhost:%d/postgres".formatted(postgres.getPort()));
            settings.put("quarkus.oidc.auth-server-url", issuer.url());
            settings.put("quarkus.http.test-port", "0");
            settings.put("obstat.notifier.directory.url", decisions.url());
            settings.put("obstat.notifier.directory.client-secret", FakeIssuer.CLIENT_SECRET);
            settings.put("obstat.notifier.channels-file", channels().toString());
            settings.put("obstat.notifier.slack.api-url", chat.url() + "/slack/api/");
            settings.put("obstat.notifier.teams.service-url", chat.teams().serviceUrl());
            settings.put(
                    "obstat.notifier.teams.token-url",
                    "%s/login/%s/oauth2/v2.0/token".formatted(chat.url(), TeamsSettings.TENANT));
            settings.put(
                    "obstat.notifier.teams.openid-metadata-url",
                    chat.url() + "/botframework/v1/.well-known/openidconfiguration");
            settings.put("quarkus.mailer.host", MailServer.HOST);
            settings.put("quarkus.mailer.port", String.valueOf(mail.port()));
            settings.put("quarkus.mailer.start-tls", "DISABLED");
            settings.put("obstat.notifier.sweep-every", "100ms");
            // Tests count tries, and a slow answer would be tried again.
            settings.put("obstat.notifier.try-timeout", "60s");
            settings.put("obstat.notifier.retry.first", "50ms");
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path channels() throws IOException {
        FakeChatSettings chats = FakeChatSettings.standard();
        Files.writeString(directory.resolve("ops.secret"), FakeReceiver.SECRET);
        Files.writeString(
                directory.resolve("bot-token"), chats.slack().secrets().botToken());
        Files.writeString(
                directory.resolve("signing-secret"), chats.slack().secrets().signingSecret());
        Files.writeString(directory.resolve("app-secret"), chats.teams().appSecret());
        return Files.writeString(directory.resolve("channels.yaml"), """
                webhook:
                  allowedHosts:
                    - {host: localhost, plaintext: true, privateAddresses: true}
                  endpoints:
                    - {id: ops, url: '%s', secretFile: ops.secret}
                slack:
                  team: %s
                  app: %s
                  botToken: {file: bot-token}
                  signingSecret: {file: signing-secret}
                teams:
                  app: %s
                  tenant: %s
                  appSecret: {file: app-secret}
                email:
                  from: Obstat <obstat@example.com>
                routes:
                  groups:
                    - {of: [data-governance], rules: [mail-back], tell: ['email:back@example.com']}
                    - {of: [data-governance], rules: [mail-decided], tell: ['email:decided@example.com']}
                    - {of: [data-governance], rules: [mail-later], tell: ['email:later@example.com']}
                    - {of: [data-governance], rules: [for-chat], tell: ['slack:C0DATA', 'teams:19:data@thread.tacv2']}
                    - {of: [data-governance], rules: [one-by-one], tell: ['slack:@members', 'teams:@members']}
                """.formatted(
                        receiver.url(),
                        chats.slack().teamId(),
                        chats.slack().appId(),
                        chats.teams().appId(),
                        chats.teams().tenant()));
    }

    static FakeReceiver receiver() {
        return started().receiver;
    }

    static FakeDecisionService decisions() {
        return started().decisions;
    }

    static FakeChat chat() {
        return started().chat;
    }

    static MailServer mail() {
        return started().mail;
    }

    /** A bearer token of the issuer. */
    static String token(String subject, String audience, List<String> groups) {
        return started().issuer.token(subject, audience, groups);
    }

    private static Surroundings started() {
        if (running == null) {
            throw new IllegalStateException("The surroundings are not started; is this a QuarkusTest?");
        }
        return running;
    }

    @Override
    public void stop() {
        receiver.close();
        chat.close();
        mail.stop();
        issuer.close();
        decisions.close();
        StackFiles.deleteAll(directory);
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

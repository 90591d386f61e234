package io.obstat.local.chat;

import java.net.URI;
import java.util.Map;

/** Both chats and the mailbox as a process, for {@code ./obstat up --with-fake-chat}. Reads its settings from the environment; keeps nothing. */
public final class FakeChatMain {

    static final String PORT = "OBSTAT_FAKE_CHAT_PORT";
    static final String MAIL_PORT = "OBSTAT_FAKE_CHAT_MAIL_PORT";
    static final String NOTIFIER_URL = "OBSTAT_FAKE_CHAT_NOTIFIER_URL";

    /** Where the notifier takes what Slack sends, below its address. */
    static final String INTERACTIVITY_PATH = "/v1/slack/interactions";

    /** Where the notifier takes what Teams sends, below its address. */
    static final String BOT_PATH = "/v1/teams/messages";

    private FakeChatMain() {}

    /** @param arguments none */
    public static void main(String[] arguments) {
        FakeChat chat = FakeChat.start(settings(System.getenv()));
        Runtime.getRuntime().addShutdownHook(new Thread(chat::close, "close-chats"));
        System.out.println("The chats are at " + chat.url());
    }

    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    static FakeChatSettings settings(Map<String, String> environment) {
        String notifier = required(environment, NOTIFIER_URL);
        SlackSettings slack = SlackSettings.standard()
                .with(new SlackSettings.Secrets(
                        required(environment, ChatSecrets.SLACK_BOT_TOKEN),
                        required(environment, ChatSecrets.SLACK_APP_TOKEN),
                        required(environment, ChatSecrets.SLACK_SIGNING_SECRET)))
                .withInteractivity(URI.create(notifier + INTERACTIVITY_PATH))
                .withRateLimits();
        TeamsSettings teams = TeamsSettings.standard()
                .withSecret(required(environment, ChatSecrets.TEAMS_APP_SECRET))
                .withBot(URI.create(notifier + BOT_PATH))
                .withRateLimits();
        return FakeChatSettings.standard()
                .on(Integer.parseInt(required(environment, PORT)), Integer.parseInt(required(environment, MAIL_PORT)))
                .with(slack)
                .with(teams);
    }

    private static String required(Map<String, String> environment, String variable) {
        String value = environment.getOrDefault(variable, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "%s is not set; start the fake chat with ./obstat up --with-fake-chat".formatted(variable));
        }
        return value;
    }
}

package io.obstat.local.chat;

import io.obstat.local.StackFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the chats of this installation and its notifier know of each other. Made when they are first asked for, and nobody else's: who knows them
 * can click as anybody.
 *
 * @param directory where they lie, each in a file that only its owner can read
 */
record ChatSecrets(Path directory) {

    static final String SLACK_BOT_TOKEN = "SLACK_BOT_TOKEN";
    static final String SLACK_APP_TOKEN = "SLACK_APP_TOKEN";
    static final String SLACK_SIGNING_SECRET = "SLACK_SIGNING_SECRET";
    static final String TEAMS_APP_SECRET = "TEAMS_APP_SECRET";

    private static final int BYTES = 24;

    /** By the names of the variables in which both sides get them. */
    Map<String, String> environment() {
        Map<String, String> secrets = new TreeMap<>();
        secrets.put(SLACK_BOT_TOKEN, kept("slack-bot-token", "xoxb-fake-"));
        secrets.put(SLACK_APP_TOKEN, kept("slack-app-token", "xapp-1-fake-"));
        secrets.put(SLACK_SIGNING_SECRET, kept("slack-signing-secret", ""));
        secrets.put(TEAMS_APP_SECRET, kept("teams-app-secret", ""));
        return secrets;
    }

    private String kept(String name, String prefix) {
        Path file = directory.resolve("fake-chat").resolve(name);
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                StackFiles.writeSecret(file, prefix + Base64.getUrlEncoder().encodeToString(random) + "\n");
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}

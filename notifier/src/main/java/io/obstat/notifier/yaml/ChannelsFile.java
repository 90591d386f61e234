package io.obstat.notifier.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.obstat.contracts.json.Json;
import io.obstat.contracts.json.MalformedJsonException;
import io.obstat.notifier.email.EmailFile;
import io.obstat.notifier.slack.SlackFile;
import io.obstat.notifier.teams.TeamsFile;
import io.obstat.notifier.webhook.WebhooksFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * {@code channels.yaml}: one section a channel.
 *
 * @param webhook signed webhooks; nobody is told through them when absent
 * @param slack the app in Slack; nobody is told there when absent
 * @param teams the bot in Teams; nobody is told there when absent
 * @param email digests of what waits; nobody gets one when absent
 * @param routes where in the chats and by e-mail people are told; nowhere when absent
 */
public record ChannelsFile(
        @Nullable WebhooksFile webhook,
        @Nullable SlackFile slack,
        @Nullable TeamsFile teams,
        @Nullable EmailFile email,
        @Nullable RoutesFile routes) {

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /** Tells nobody. */
    public static ChannelsFile empty() {
        return new ChannelsFile(null, null, null, null, null);
    }

    /**
     * Reads the file.
     *
     * @throws UnusableChannelsException naming the file and the field
     */
    public static ChannelsFile read(Path file) {
        try {
            JsonNode tree = YAML.readTree(Files.readAllBytes(file));
            // A file of nothing but comments is an empty one.
            return tree == null || tree.isMissingNode() || tree.isNull()
                    ? empty()
                    : Json.readStrict(Json.write(tree), ChannelsFile.class);
        } catch (JsonProcessingException e) {
            throw new UnusableChannelsException(file, "is not YAML: " + e.getOriginalMessage(), e);
        } catch (MalformedJsonException e) {
            throw new UnusableChannelsException(file, e.getMessage(), e);
        } catch (IOException e) {
            throw new UnusableChannelsException(file, "cannot be read; check that it is there and readable", e);
        }
    }

    /** The file cannot be used as it stands. The notifier does not start with it: whom to tell is not to be guessed. */
    public static final class UnusableChannelsException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public UnusableChannelsException(Path file, @Nullable String problem, Throwable cause) {
            super("%s: %s".formatted(file, problem), cause);
        }
    }
}

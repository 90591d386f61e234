package io.obstat.notifier.webhook;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import io.obstat.notifier.Notice;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code webhook} section of {@code channels.yaml}.
 *
 * @param allowedHosts the only hosts that anything is sent to; at most 100
 * @param endpoints who is told; at most 100
 */
public record WebhooksFile(List<AllowedHost> allowedHosts, List<Entry> endpoints) {

    public WebhooksFile {
        allowedHosts = Required.list("allowedHosts", allowedHosts, 100);
        endpoints = Required.list("endpoints", endpoints, 100);
    }

    /** Tells nobody. */
    public static WebhooksFile empty() {
        return new WebhooksFile(List.of(), List.of());
    }

    /**
     * One receiver.
     *
     * @param id our name for the receiver; 1 to 100 characters of lower-case letters, digits and {@code -}
     * @param url where it listens
     * @param secretFile a file that holds the secret; this or {@code secretEnv}
     * @param secretEnv an environment variable that holds the secret
     * @param events the kinds of notice it wants, by wire name; all of them when absent
     */
    public record Entry(
            String id,
            String url,
            @Nullable String secretFile,
            @Nullable String secretEnv,
            @Nullable List<String> events) {

        public Entry {
            Required.text("id", id, 100);
            if (!id.matches("[a-z0-9][a-z0-9-]*")) {
                throw new InvalidFieldException("id", "is '%s'; use lower-case letters, digits and -".formatted(id));
            }
            Required.text("url", url, 2_000);
            if ((secretFile == null) == (secretEnv == null)) {
                throw new InvalidFieldException(
                        "secretFile", "or secretEnv must be given, and not both; name where the whsec_ secret is kept");
            }
        }
    }

    /**
     * The endpoints, every one of them addressable.
     *
     * @param directory what {@code secretFile} is relative to
     * @param environment looks an environment variable up
     * @throws InvalidFieldException naming the field that is wrong
     */
    public List<Endpoint> resolve(Path directory, Function<String, @Nullable String> environment) {
        Set<String> ids = new HashSet<>();
        return endpoints.stream()
                .map(entry -> {
                    String at = "webhook.endpoints[%s]".formatted(entry.id());
                    if (!ids.add(entry.id())) {
                        throw new InvalidFieldException(at + ".id", "is there twice; give each endpoint its own");
                    }
                    URI url = url(at, entry);
                    return new Endpoint(
                            entry.id(),
                            url,
                            secret(at, entry, directory, environment),
                            kinds(at, entry),
                            Endpoint.checked(at + ".url", url, allowedHosts));
                })
                .toList();
    }

    private static URI url(String at, Entry entry) {
        try {
            return new URI(entry.url());
        } catch (URISyntaxException e) {
            throw new InvalidFieldException(at + ".url", "is no address: " + e.getMessage());
        }
    }

    private static Set<Notice.Kind> kinds(String at, Entry entry) {
        List<String> names = entry.events();
        if (names == null) {
            return all();
        }
        var kinds = EnumSet.noneOf(Notice.Kind.class);
        for (String name : names) {
            kinds.add(Notice.Kind.named(name)
                    .filter(Notice.Kind::isForAll)
                    .orElseThrow(() -> new InvalidFieldException(
                            at + ".events",
                            "names '%s'; there are %s"
                                    .formatted(
                                            name,
                                            all().stream()
                                                    .map(Notice.Kind::wireName)
                                                    .toList()))));
        }
        return kinds;
    }

    private static Set<Notice.Kind> all() {
        return Arrays.stream(Notice.Kind.values())
                .filter(Notice.Kind::isForAll)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Notice.Kind.class)));
    }

    private static WebhookSecret secret(
            String at, Entry entry, Path directory, Function<String, @Nullable String> environment) {
        String variable = entry.secretEnv();
        if (variable != null) {
            String value = environment.apply(variable);
            if (value == null) {
                throw new InvalidFieldException(
                        at + ".secretEnv",
                        "names the variable %s, which is not set; set it to a whsec_ secret".formatted(variable));
            }
            return WebhookSecret.parse(at + ".secretEnv", value);
        }
        Path file = directory.resolve(String.valueOf(entry.secretFile()));
        try {
            return WebhookSecret.parse(at + ".secretFile", Files.readString(file));
        } catch (IOException e) {
            throw new InvalidFieldException(
                    at + ".secretFile", "names %s, which cannot be read; put a whsec_ secret there".formatted(file));
        }
    }
}

package io.obstat.notifier.teams;

import io.obstat.contracts.InvalidFieldException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The Bot Connector services that we talk with. Whoever names the service URL is sent our token, so an activity may name only one of these,
 * and ours go nowhere else.
 */
public final class ServiceUrls {

    /** Where Teams is, for every region of the public cloud. */
    public static final List<String> TEAMS = List.of("https://smba.trafficmanager.net/");

    private final Set<Origin> allowed;

    /**
     * @param urls scheme, host and, where it is not the scheme's own, port; every path below is allowed
     * @throws InvalidFieldException when the list is empty, when one is not such a URL, or is {@code http} to another machine
     */
    public ServiceUrls(List<String> urls) {
        if (urls.isEmpty()) {
            throw new InvalidFieldException(
                    Settings.SERVICE_URLS, "is empty; leave it out, or list %s".formatted(TEAMS));
        }
        allowed = urls.stream().map(ServiceUrls::origin).collect(Collectors.toUnmodifiableSet());
    }

    private static Origin origin(String url) {
        Origin origin = Origin.of(url)
                .filter(found -> pathless(url))
                .orElseThrow(() -> new InvalidFieldException(
                        Settings.SERVICE_URLS,
                        "has '%s'; give scheme, host and port only, such as %s".formatted(url, TEAMS.getFirst())));
        if (!origin.safe()) {
            throw new InvalidFieldException(
                    Settings.SERVICE_URLS,
                    "has '%s'; our token would travel in the clear, so write https (http is for this machine only)"
                            .formatted(url));
        }
        return origin;
    }

    private static boolean pathless(String url) {
        String path = URI.create(url).getRawPath();
        return path == null || path.isEmpty() || path.equals("/");
    }

    /** Whether scheme, host and port are those of a service in the list. Never by the beginning of the text. */
    boolean allows(@Nullable String url) {
        // INVARIANT: no request with our token goes to an origin that is not in the list.
        return Origin.of(url).filter(allowed::contains).isPresent();
    }

    /** Whether none of them leaves this machine. */
    boolean loopbackOnly() {
        return allowed.stream().allMatch(Origin::loopback);
    }

    @Override
    public String toString() {
        return allowed.toString();
    }
}

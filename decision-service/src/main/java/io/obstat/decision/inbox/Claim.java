package io.obstat.decision.inbox;

import io.obstat.contracts.Claimed;
import io.obstat.contracts.visible.VisibleText;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says, made visible. Always shown quoted and labelled.
 *
 * @param run the agent's run, empty when it named none
 * @param model the model behind the agent, empty when it named none
 * @param plan what the action is a step of, empty when it named none
 * @param diff line by line, empty when there is none
 */
public record Claim(
        VisibleText intent,
        VisibleText run,
        VisibleText model,
        VisibleText plan,
        List<Link> links,
        List<DiffLine> diff) {

    private static final Pattern LINES = Pattern.compile("\n");

    /**
     * A link that the agent gave, with where it really leads.
     *
     * @param host the host that a browser would ask, empty when the address does not name one plainly
     * @param href the address to follow, empty when the link had better not be followed
     */
    public record Link(VisibleText title, VisibleText address, String host, String href) {

        static Link of(Claimed.Link link) {
            VisibleText title = VisibleText.of(link.title());
            VisibleText address = VisibleText.of(link.href());
            try {
                // A browser takes a backslash for a slash, and a host outside ASCII for its punycode; java.net.URI
                // finds no host in either.
                URI uri = URI.create(link.href());
                @Nullable String host = uri.getHost();
                return host == null
                        ? new Link(title, address, "", "")
                        : new Link(title, address, host.toLowerCase(Locale.ROOT), uri.toASCIIString());
            } catch (IllegalArgumentException e) {
                return new Link(title, address, "", "");
            }
        }
    }

    /**
     * A line of the diff.
     *
     * @param kind {@code add}, {@code del}, {@code hunk} or {@code same}
     */
    public record DiffLine(String kind, VisibleText text) {

        static DiffLine of(String line) {
            String kind = line.startsWith("@@") || line.startsWith("+++") || line.startsWith("---")
                    ? "hunk"
                    : line.startsWith("+") ? "add" : line.startsWith("-") ? "del" : "same";
            return new DiffLine(kind, VisibleText.of(line));
        }
    }

    public Claim {
        links = List.copyOf(links);
        diff = List.copyOf(diff);
    }

    static Claim of(Claimed claimed) {
        return new Claim(
                VisibleText.of(claimed.intent()),
                optional(claimed.run()),
                optional(claimed.model()),
                optional(claimed.plan()),
                claimed.links().stream().map(Link::of).toList(),
                claimed.diff() == null
                        ? List.of()
                        : LINES.splitAsStream(claimed.diff()).map(DiffLine::of).toList());
    }

    private static VisibleText optional(@Nullable String text) {
        return text == null ? VisibleText.empty() : VisibleText.of(text);
    }
}

package io.obstat.notifier.yaml;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Routes;
import io.obstat.notifier.email.EmailAddress;
import io.obstat.notifier.email.EmailChannel;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The {@code routes} section of {@code channels.yaml}: where people are told whom policy asks.
 *
 * @param groups the first route that fits a group that is asked says where its members are told
 * @param otherwise where those are told whose group no route fits
 */
public record RoutesFile(
        @Nullable List<Entry> groups, @Nullable List<String> otherwise) {

    /**
     * One route.
     *
     * @param of the groups, as policy names them
     * @param rules only when one of these rules of the policy matched
     * @param tell such as {@code slack:C024BE91L}, {@code email:ann@example.com} or {@code slack:@members}; an empty list: they may decide, and are
     *     not told
     */
    public record Entry(List<String> of, @Nullable List<String> rules, List<String> tell) {

        public Entry {
            of = Required.list("of", of, 100);
            if (of.isEmpty()) {
                throw new InvalidFieldException("of", "is empty; name the groups whose members are told there");
            }
            Required.present("tell", tell);
            tell = Required.list("tell", tell, 20);
        }
    }

    /**
     * The routes, every one of them to a channel that is there.
     *
     * @param channels the names of those that are configured
     * @param directory whether there is one that knows the members of groups
     * @throws InvalidFieldException naming the field that is wrong
     */
    public Routes resolve(Set<String> channels, boolean directory) {
        List<Entry> entries = Required.list("routes.groups", groups, 500);
        var routes = new Routes(
                IntStream.range(0, entries.size())
                        .mapToObj(i -> route("routes.groups[%d]".formatted(i), entries.get(i), channels))
                        .toList(),
                recipients("routes.otherwise", Required.list("routes.otherwise", otherwise, 20), channels));
        if (!directory && routes.tellsMembers()) {
            throw new InvalidFieldException(
                    "routes",
                    "has a place %s, and who is in a group is not known; set obstat.notifier.directory.url"
                            .formatted(Recipient.MEMBERS));
        }
        return routes;
    }

    private static Routes.Route route(String at, Entry entry, Set<String> channels) {
        return new Routes.Route(
                Set.copyOf(entry.of()),
                Set.copyOf(Required.list(at + ".rules", entry.rules(), 100)),
                recipients(at + ".tell", entry.tell(), channels));
    }

    private static List<Recipient> recipients(String at, List<String> names, Set<String> channels) {
        return names.stream().map(name -> recipient(at, name, channels)).toList();
    }

    private static Recipient recipient(String at, String name, Set<String> channels) {
        int colon = name.indexOf(':');
        String channel = name.substring(0, Math.max(0, colon));
        String place = name.substring(colon + 1);
        boolean members = place.equals(Recipient.MEMBERS);
        if (channel.equals(EmailChannel.NAME) && channels.contains(channel) && !members && !EmailAddress.isOne(place)) {
            throw new InvalidFieldException(
                    at, "has %s; name an address such as email:ann@example.com".formatted(Quoted.of(name)));
        }
        if (!channels.contains(channel) || place.isBlank() || place.startsWith("@") && !members) {
            throw new InvalidFieldException(
                    at,
                    "has %s; name a channel that is configured here (%s), a colon and who or where it is there, or %s"
                            .formatted(Quoted.of(name), channels, Recipient.MEMBERS));
        }
        return new Recipient(channel, place);
    }
}

package io.obstat.notifier;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Required;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where people are told whom policy asks. For each group that is asked, the first route that fits says where; for a group that none fits,
 * {@code otherwise} does. Where a place is the members of the group, they are told one by one (see {@link Members}).
 *
 * @param routes in order; at most 500
 * @param otherwise at most 20
 */
public record Routes(List<Route> routes, List<Recipient> otherwise) {

    public Routes {
        routes = Required.list("routes", routes, 500);
        otherwise = Required.list("otherwise", otherwise, 20);
    }

    /** Nobody is told. */
    public static Routes none() {
        return new Routes(List.of(), List.of());
    }

    /**
     * Where the members of these groups are told.
     *
     * @param groups as policy names them; at least 1, at most 100
     * @param rules only when one of these rules matched; whichever did when empty
     * @param tell at most 20. None: they may decide, and are not told
     */
    public record Route(Set<String> groups, Set<String> rules, List<Recipient> tell) {

        public Route {
            groups = Set.copyOf(groups);
            rules = Set.copyOf(rules);
            tell = Required.list("tell", tell, 20);
            if (groups.isEmpty()) {
                throw new InvalidFieldException("groups", "is empty; name the groups whose members are told there");
            }
        }

        boolean fits(String group, Set<String> matched) {
            return groups.contains(group) && (rules.isEmpty() || !Collections.disjoint(rules, matched));
        }
    }

    /** Whether some place is the members of a group, one by one. */
    public boolean tellsMembers() {
        return Stream.concat(routes.stream().map(Route::tell), Stream.of(otherwise))
                .flatMap(List::stream)
                .anyMatch(Recipient::isLookedUp);
    }

    /** Everyone who is told of this approval, each once. */
    public List<Recipient> recipients(Approval approval) {
        var recipients = new LinkedHashSet<Recipient>();
        Set<String> matched = approval.rules();
        for (String group : approval.groups()) {
            recipients.addAll(first(group, matched));
        }
        return List.copyOf(recipients);
    }

    private List<Recipient> first(String group, Set<String> matched) {
        return routes.stream()
                .filter(route -> route.fits(group, matched))
                .findFirst()
                .map(Route::tell)
                .orElse(otherwise)
                .stream()
                .map(recipient -> recipient.of(group))
                .toList();
    }
}

package io.obstat.decision.directory;

import io.smallrye.mutiny.Uni;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The groups that SCIM provisions. Fails as {@link Users} does; {@code INVALID} when a member is no user of SCIM. */
public interface Groups {

    /**
     * A group's own.
     *
     * @param name as policy uses it
     * @param members ids of users
     * @param document the SCIM resource as JSON, without id, meta and members
     */
    record Group(String name, @Nullable String externalId, Set<String> members, String document) {

        public Group {
            members = new LinkedHashSet<>(members);
        }
    }

    /** @param withMembers whether they are wanted; a group without them has none here */
    Uni<Optional<Provisioned<Group>>> find(String id, boolean withMembers);

    /** @param first the place of the first one, from 0 */
    Uni<Provisioned.Page<Group>> list(Criterion criterion, int first, int most, boolean withMembers);

    Uni<Provisioned<Group>> create(Group group);

    /** @param change may refuse with {@link RefusedException}, and may be called again */
    Uni<Provisioned<Group>> change(String id, UnaryOperator<Group> change);

    Uni<Void> delete(String id);
}

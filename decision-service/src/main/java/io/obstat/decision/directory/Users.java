package io.obstat.decision.directory;

import io.obstat.decision.Member.Identity;
import io.smallrye.mutiny.Uni;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The people whom SCIM provisions. Every {@code Uni} fails with {@link io.obstat.decision.reactive.UnavailableException} when the database is
 * away; those that change something, with {@link RefusedException} when it cannot be: {@code UNKNOWN} when there is no such user, {@code TAKEN}
 * when another person has a key of theirs.
 */
public interface Users {

    /**
     * A user's own.
     *
     * @param userName compared without case; 1 to 255 characters
     * @param identities every key of theirs
     * @param document the SCIM resource as JSON, without id and meta
     */
    record User(
            String userName, @Nullable String externalId, boolean active, Set<Identity> identities, String document) {

        public User {
            identities = Set.copyOf(identities);
        }
    }

    Uni<Optional<Provisioned<User>>> find(String id);

    /** @param first the place of the first one, from 0 */
    Uni<Provisioned.Page<User>> list(Criterion criterion, int first, int most);

    /** Takes somebody in. Who was deleted and has a key that proves who they are in common with them is back, under their old id. */
    Uni<Provisioned<User>> create(User user);

    /** @param change may refuse with {@link RefusedException}, and may be called again */
    Uni<Provisioned<User>> change(String id, UnaryOperator<User> change);

    /** Takes everything from somebody but their keys, so that nothing they still hold is worth anything. */
    Uni<Void> delete(String id);
}

package io.obstat.notifier;

import io.obstat.contracts.ActionId;
import io.obstat.contracts.Required;
import io.obstat.contracts.Review.Verb;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What the directory knows of those who are to be told. Nothing is decided by it: what somebody then does is judged when they do it. No method
 * blocks; a failed stage says that it is not known now, and each is complete within 10 s.
 */
public interface Directory {

    /**
     * By which keys channels know somebody.
     *
     * @param slack {@code <team>/<user>}
     * @param entra {@code <tenant>/<object id>}
     */
    record Keys(List<String> slack, List<String> entra, List<String> email) {

        public Keys {
            slack = Required.list("slack", slack, 100);
            entra = Required.list("entra", entra, 100);
            email = Required.list("email", email, 100);
        }
    }

    /** Somebody who is asked, with the groups in whose name. */
    record Asked(Set<String> groups, Keys keys) {

        public Asked {
            groups = Set.copyOf(groups);
            Required.present("keys", keys);
        }
    }

    /**
     * Who is to be told of an action.
     *
     * @param people who are asked; of a group of more than 100, at least 101
     * @param requester who waits for how it ends; absent when the directory does not know them
     */
    record Audience(List<Asked> people, @Nullable Keys requester) {

        public Audience {
            people = List.copyOf(people);
        }
    }

    /**
     * What one person could do now.
     *
     * @param why what to tell them of it, in a sentence
     */
    record Standing(Set<Verb> verbs, String why) {

        public Standing {
            verbs = Set.copyOf(verbs);
            Required.present("why", why);
        }
    }

    /** Empty when nobody has been asked about this action yet. */
    CompletionStage<Optional<Audience>> audience(ActionId action);

    /**
     * Empty when nobody has been asked about this action yet, or it is not known who is who.
     *
     * @param authority the chat that vouches for them, such as {@code entra:<tenant>}
     * @param subject what they are called there
     */
    CompletionStage<Optional<Standing>> standing(ActionId action, String authority, String subject);

    /** One that knows nobody, where none is configured. */
    static Directory ofNobody() {
        return new Directory() {

            @Override
            public CompletionStage<Optional<Audience>> audience(ActionId action) {
                return CompletableFuture.completedFuture(Optional.of(new Audience(List.of(), null)));
            }

            @Override
            public CompletionStage<Optional<Standing>> standing(ActionId action, String authority, String subject) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
        };
    }
}

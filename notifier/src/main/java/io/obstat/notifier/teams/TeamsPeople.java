package io.obstat.notifier.teams;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.bot.schema.ChannelAccount;
import io.obstat.contracts.Person;
import io.obstat.notifier.Kept;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Who a user is, as Teams says. Kept for ten minutes; whether they may is decided elsewhere, by the directory. */
final class TeamsPeople {

    private static final Duration BELIEVED = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Set<String> OWN = Set.of("user", "owner", "");

    private final Connector connector;
    private final Kept<Answer> known;

    TeamsPeople(Connector connector, InstantSource clock) {
        this.connector = connector;
        this.known = new Kept<>(BELIEVED, clock);
    }

    /** What Teams says of a user. */
    sealed interface Answer {

        /** One of the tenant's own people. The address takes rights away and gives none. */
        record Member(Person person) implements Answer {}

        /** Nobody who can decide. */
        record Turned(String why) implements Answer {}
    }

    /** Answers within 2 s, in doubt that nobody knows. */
    CompletionStage<Answer> who(Caller caller) {
        String user = caller.aadObjectId();
        if (user == null) {
            return CompletableFuture.completedFuture(
                    new Answer.Turned("Teams does not say who you are, so you cannot review here."));
        }
        return known.get(user)
                .<CompletionStage<Answer>>map(CompletableFuture::completedFuture)
                .orElseGet(() -> ask(caller, user));
    }

    private CompletionStage<Answer> ask(Caller caller, String user) {
        return connector
                .member(caller.serviceUrl(), caller.activity().conversationId(), user)
                .toCompletableFuture()
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(member -> {
                    Answer answer = read(user, member);
                    known.keep(user, answer);
                    return answer;
                })
                // INVARIANT: failure never approves.
                .exceptionally(e -> new Answer.Turned(
                        "Teams did not say in time who you are, so this did not count. Please click again."));
    }

    private static Answer read(String user, ChannelAccount member) {
        if (!user.equalsIgnoreCase(property(member, "aadObjectId", member.getAadObjectId()))) {
            return new Answer.Turned("Teams does not know you in this conversation, so you cannot review here.");
        }
        if (!OWN.contains(property(member, "userRole", null).toLowerCase(Locale.ROOT))) {
            return new Answer.Turned("Guests of this tenant cannot review. One of its own people has to decide.");
        }
        String email = property(member, "email", null);
        return new Answer.Member(new Person(user.toLowerCase(Locale.ROOT), email.isBlank() ? null : email));
    }

    private static String property(ChannelAccount member, String name, @Nullable String field) {
        JsonNode value = member.getProperties().get(name);
        return field != null ? field : value == null ? "" : value.asText("");
    }
}

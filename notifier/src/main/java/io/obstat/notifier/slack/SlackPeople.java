package io.obstat.notifier.slack;

import com.slack.api.model.User;
import io.obstat.contracts.Person;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a user is, as Slack says. Kept for ten minutes, so that a click is not held up; whether they may is decided elsewhere, by the directory.
 */
final class SlackPeople {

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMillis(1_200);
    private static final int MOST = 10_000;

    private final String team;
    private final SlackApi api;
    private final InstantSource clock;
    private final Map<String, Kept> known = new LinkedHashMap<>();

    /** @param team whose people can decide */
    SlackPeople(String team, SlackApi api, InstantSource clock) {
        this.team = team;
        this.api = api;
        this.clock = clock;
    }

    /** What Slack says of a user. */
    sealed interface Answer {

        /** One of the workspace's own people. The address takes rights away and gives none. */
        record Member(Person person) implements Answer {}

        /** Nobody who can decide. */
        record Turned(String why) implements Answer {}
    }

    private record Kept(Answer answer, Instant until) {}

    /** Answers within 1.2 s, in doubt that nobody knows. */
    Uni<Answer> who(String user) {
        Answer kept = kept(user);
        if (kept != null) {
            return Uni.createFrom().item(kept);
        }
        return api.call(methods -> methods.usersInfo(info -> info.user(user)))
                .map(answer -> read(answer.getUser()))
                .invoke(answer -> keep(user, answer))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                // INVARIANT: failure never approves.
                .recoverWithItem(e -> new Answer.Turned(
                        "Slack did not say in time who you are, so this did not count. Please click again."));
    }

    private Answer read(User user) {
        if (user.isBot() || user.isAppUser() || "USLACKBOT".equals(user.getId())) {
            return new Answer.Turned("Bots and apps cannot review. A person has to decide.");
        }
        if (user.isDeleted()) {
            return new Answer.Turned("Your account in this workspace is deactivated, so you cannot review.");
        }
        if (user.isRestricted() || user.isUltraRestricted() || user.isStranger() || !team.equals(user.getTeamId())) {
            return new Answer.Turned("Guests of this workspace cannot review. One of its own people has to decide.");
        }
        String email = user.getProfile() == null ? null : user.getProfile().getEmail();
        return new Answer.Member(new Person(user.getId(), email == null || email.isBlank() ? null : email));
    }

    private synchronized @Nullable Answer kept(String user) {
        Kept kept = known.get(user);
        return kept == null || kept.until().isBefore(clock.instant()) ? null : kept.answer();
    }

    private synchronized void keep(String user, Answer answer) {
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(user, new Kept(answer, clock.instant().plus(KEPT)));
    }
}

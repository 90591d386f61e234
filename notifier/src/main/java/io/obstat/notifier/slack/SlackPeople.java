package io.obstat.notifier.slack;

import com.slack.api.model.User;
import io.obstat.contracts.Person;
import io.obstat.notifier.Kept;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Who a user is, as Slack says. Kept for ten minutes, so that a click is not held up; whether they may is decided elsewhere, by the directory.
 */
final class SlackPeople {

    private static final Duration BELIEVED = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMillis(1_200);

    private final String team;
    private final SlackApi api;
    private final Kept<Answer> known;

    /** @param team whose people can decide */
    SlackPeople(String team, SlackApi api, InstantSource clock) {
        this.team = team;
        this.api = api;
        this.known = new Kept<>(BELIEVED, clock);
    }

    /** What Slack says of a user. */
    sealed interface Answer {

        /** One of the workspace's own people. The address takes rights away and gives none. */
        record Member(Person person) implements Answer {}

        /** Nobody who can decide. */
        record Turned(String why) implements Answer {}
    }

    /** Answers within 1.2 s, in doubt that nobody knows. */
    Uni<Answer> who(String user) {
        return known.get(user).map(answer -> Uni.createFrom().item(answer)).orElseGet(() -> ask(user));
    }

    private Uni<Answer> ask(String user) {
        return api.call(methods -> methods.usersInfo(info -> info.user(user)))
                .map(answer -> read(answer.getUser()))
                .invoke(answer -> known.keep(user, answer))
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
}

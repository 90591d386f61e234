package io.obstat.notifier;

import io.obstat.contracts.InvalidFieldException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Who is told when it is looked up who that is. The members of a group are told one by one: of what is asked, those whom the directory has in it
 * at that moment, such as whoever is on call; of what becomes of it, those who have a card.
 */
public final class Members {

    /** A group of more people than this is told in a channel of its own: nobody looks when everybody could. */
    static final int MOST = 100;

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Directory directory;
    private final Cards cards;
    private final Channels channels;

    public Members(Directory directory, Cards cards, Channels channels) {
        this.directory = directory;
        this.cards = cards;
        this.channels = channels;
    }

    /** What became of the question who is told. */
    public sealed interface Roll {

        /** These, each for themselves; nobody when empty, and then it is told to nobody. */
        record Called(List<Recipient> recipients) implements Roll {

            public Called {
                recipients = List.copyOf(recipients);
            }
        }

        /** It could not be answered, or not so that somebody is told. */
        record NotCalled(Attempt attempt) implements Roll {}
    }

    /** Who is told instead of this errand's recipient, who {@linkplain Recipient#isLookedUp() is looked up}. Does not fail. */
    public CompletionStage<Roll> call(Errand errand) {
        String channel = errand.recipient().channel();
        Optional<String> group = errand.recipient().group();
        CompletionStage<Roll> answer;
        if (group.isEmpty()) {
            answer = requester(errand);
        } else if (asks(errand.notice())) {
            answer = directory
                    .audience(errand.notice().subject().actionId())
                    .thenApply(found -> found.map(audience -> members(audience, channel, group.get()))
                            .orElseGet(Members::notYet));
        } else {
            answer = cards.places(errand.notice().subject().actionId(), channel).thenApply(Roll.Called::new);
        }
        return answer.exceptionally(e -> new Roll.NotCalled(
                new Attempt.Troubled("The directory did not say who is to be told; the log says more", null)));
    }

    private Roll members(Directory.Audience audience, String channel, String group) {
        List<Directory.Asked> asked = audience.people().stream()
                .filter(person -> person.groups().contains(group))
                .toList();
        if (asked.size() > MOST) {
            return refused(
                    "%s has more than %d people who can decide; give it a channel in routes".formatted(group, MOST));
        }
        List<Recipient> recipients = asked.stream()
                .flatMap(person -> channels.nameOf(channel, person.keys()).stream())
                .distinct()
                .map(name -> new Recipient(channel, name))
                .toList();
        return recipients.isEmpty()
                ? refused("The directory has nobody in %s who can decide and whom %s knows".formatted(group, channel))
                : new Roll.Called(recipients);
    }

    /** Where the directory does not know them, the address that authentication proved may do. Nobody is missed who is not there. */
    private CompletionStage<Roll> requester(Errand errand) {
        String channel = errand.recipient().channel();
        return directory
                .audience(errand.notice().subject().actionId())
                .thenCombine(
                        cards.approval(errand.notice().subject().actionId()),
                        (found, approval) -> found.map(audience -> requester(audience, approval, channel))
                                .orElseGet(Members::notYet));
    }

    private Roll requester(Directory.Audience audience, Approval approval, String channel) {
        Optional<String> name = Optional.ofNullable(audience.requester())
                .or(() -> address(approval))
                .flatMap(keys -> channels.nameOf(channel, keys));
        try {
            return new Roll.Called(name.map(known -> Recipient.requester(channel, known)).stream()
                    .toList());
        } catch (InvalidFieldException e) {
            return refused("What %s calls the requester is too long: %s".formatted(channel, e.getMessage()));
        }
    }

    private static Optional<Directory.Keys> address(Approval approval) {
        return approval.requester()
                .flatMap(person -> Optional.ofNullable(person.email()))
                .map(email -> new Directory.Keys(List.of(), List.of(), List.of(email)));
    }

    private static Roll refused(String problem) {
        return new Roll.NotCalled(new Attempt.Forbidden(problem));
    }

    /** decision-service reads the same topics, and may be behind. */
    private static Roll notYet() {
        return new Roll.NotCalled(new Attempt.Postponed("Who is asked is not known yet", SOON, false));
    }

    /** Whether it is told to get somebody to decide. */
    private static boolean asks(Notice notice) {
        return notice instanceof Notice.Wanted
                || notice instanceof Notice.Reminded
                || notice instanceof Notice.Escalated
                || notice instanceof Notice.Unreached;
    }
}

package io.obstat.notifier;

import io.obstat.contracts.Reviewer;
import io.obstat.notifier.Chat.Posting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A chat as a channel: one card for each action and place, rewritten whenever there is news (which is not done here, as it is nobody's
 * delivery), and beside it in its thread what has to be said.
 */
public final class ChatChannel implements Channel {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Chat chat;
    private final Routes routes;
    private final Cards cards;

    public ChatChannel(Chat chat, Routes routes, Cards cards) {
        this.chat = chat;
        this.routes = routes;
        this.cards = cards;
    }

    @Override
    public String name() {
        return chat.name();
    }

    /** So that nothing is said in the thread of a card before the card is there, and no two deliveries post it. */
    @Override
    public boolean inOrder() {
        return true;
    }

    @Override
    public boolean tellsPeople() {
        return true;
    }

    @Override
    public Optional<String> nameOf(Directory.Keys keys) {
        return chat.nameOf(keys);
    }

    @Override
    public List<Recipient> recipients(Notice notice, Approval approval) {
        if (notice instanceof Notice.Turned turned) {
            Reviewer reviewer = turned.review().reviewer();
            return reviewer.authority().startsWith(authority())
                    ? List.of(new Recipient(name(), reviewer.person().subject()))
                    : List.of();
        }
        if (notice instanceof Notice.Wanted || Remark.of(notice).isPresent()) {
            var recipients = new ArrayList<Recipient>(routes.recipients(approval).stream()
                    .filter(recipient -> recipient.channel().equals(name()))
                    .toList());
            // Where nobody is asked in this chat, nobody waits for an answer here.
            if (!recipients.isEmpty() && isOutcome(notice)) {
                recipients.add(Recipient.requester(name()));
            }
            return List.copyOf(recipients);
        }
        return List.of();
    }

    private String authority() {
        return switch (name()) {
            case "teams" -> "entra:";
            default -> name() + ":";
        };
    }

    private static boolean isOutcome(Notice notice) {
        return notice instanceof Notice.Decided
                || notice instanceof Notice.Revoked
                || notice instanceof Notice.Executed;
    }

    @Override
    public CompletionStage<Attempt> deliver(Errand errand) {
        if (errand.notice() instanceof Notice.Turned turned) {
            return chat.answer(turned.review().id(), errand.recipient().name(), turned.explanation());
        }
        return errand.recipient()
                .requester()
                .map(requester -> tell(errand, requester))
                .orElseGet(() -> show(errand));
    }

    private CompletionStage<Attempt> tell(Errand errand, String requester) {
        return cards.approval(errand.notice().subject().actionId())
                .thenCompose(approval -> Remark.of(errand.notice())
                        .map(remark -> chat.tell(requester, remark.about(approval), errand.id(), errand.again()))
                        .orElseGet(ChatChannel::notYet));
    }

    private CompletionStage<Attempt> show(Errand errand) {
        return cards.begin(errand.notice().subject().actionId(), errand.recipient())
                .thenCompose(standing ->
                        standing.message() == null ? post(errand, standing) : remark(errand, standing.message()));
    }

    private CompletionStage<Attempt> post(Errand errand, Cards.Standing standing) {
        Optional<Card> card = Composer.card(standing.approval());
        if (card.isEmpty()) {
            return cards.notPosted(standing.id()).thenCompose(done -> notYet());
        }
        return chat.post(standing.id(), card.get(), errand.recipient().name(), standing.tried())
                .thenCompose(posting -> switch (posting) {
                    case Posting.Failed(Attempt.Postponed later)
                    when !standing.tried() -> cards.notPosted(standing.id()).thenApply(done -> later);
                    case Posting.Failed(Attempt attempt) -> CompletableFuture.completedFuture(attempt);
                    case Posting.Posted(String message) ->
                        cards.posted(
                                        standing.id(),
                                        message,
                                        standing.version(),
                                        card.get().face())
                                .thenCompose(done -> remark(errand, message));
                });
    }

    private CompletionStage<Attempt> remark(Errand errand, String message) {
        return Remark.of(errand.notice())
                .map(remark -> chat.remark(message, remark, errand.id(), errand.again()))
                .orElseGet(() -> CompletableFuture.completedFuture(new Attempt.Accepted()));
    }

    /** What is asked has not been heard of yet; it is on its way in another topic. */
    private static CompletionStage<Attempt> notYet() {
        return CompletableFuture.completedFuture(new Attempt.Postponed("What is asked is not known yet", SOON, false));
    }
}

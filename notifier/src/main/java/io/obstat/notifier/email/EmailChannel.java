package io.obstat.notifier.email;

import io.obstat.notifier.Approval;
import io.obstat.notifier.Attempt;
import io.obstat.notifier.Channel;
import io.obstat.notifier.Digests;
import io.obstat.notifier.Digests.Turn;
import io.obstat.notifier.Directory;
import io.obstat.notifier.Errand;
import io.obstat.notifier.Notice;
import io.obstat.notifier.Recipient;
import io.obstat.notifier.Routes;
import io.vertx.mutiny.ext.mail.MailClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * E-mail as a channel: a digest of all that waits for an address, and not one mail for each request. Whoever is told first sends what there is to
 * tell; the other deliveries are told by the same mail.
 */
public final class EmailChannel implements Channel {

    public static final String NAME = "email";

    /** What a turn takes at most beside the sending: three transactions, see {@code Transactions}. */
    private static final Duration MARGIN = Duration.ofSeconds(30);

    /** How soon to look whether there is room for it. */
    private static final Duration CROWDED = Duration.ofMinutes(1);

    private final Routes routes;
    private final Digests digests;
    private final Post post;
    private final InstantSource clock;
    private final Digests.Pace pace;

    EmailChannel(Routes routes, Digests digests, Post post, InstantSource clock) {
        this.routes = routes;
        this.digests = digests;
        this.post = post;
        this.clock = clock;
        this.pace = new Digests.Pace(
                post.settings().every(), post.settings().timeout().plus(MARGIN));
    }

    /**
     * How mails are made and sent.
     *
     * @param html makes the HTML part
     */
    record Post(EmailSettings settings, Function<Digest, String> html, Mails mails) {

        DigestMail mail(Turn.Ours turn, Digests.Content content, Instant now) {
            String to = turn.recipient().name();
            Digest digest = Digest.of(content.waiting(), settings, now);
            return new DigestMail(
                    to,
                    DigestMail.messageId(to, content.covers(), settings.sender()),
                    digest.subject(),
                    digest.text(),
                    html.apply(digest));
        }
    }

    /** Through this client's mail server. */
    public static EmailChannel through(
            MailClient client, EmailSettings settings, Routes routes, Digests digests, InstantSource clock) {
        return new EmailChannel(
                routes,
                digests,
                new Post(settings, digest -> Templates.digest(digest).render(), new SmtpMails(client, settings)),
                clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Optional<String> nameOf(Directory.Keys keys) {
        return keys.email().stream().filter(EmailAddress::isOne).findFirst();
    }

    @Override
    public boolean tellsPeople() {
        return true;
    }

    @Override
    public boolean inOrder() {
        return false;
    }

    /** Those who are to be told that something waits for them. While it is not known what, nobody: that is told when it comes. */
    @Override
    public List<Recipient> recipients(Notice notice, Approval approval) {
        return isCall(notice) && approval.wanted() != null
                ? routes.recipients(approval).stream()
                        .filter(recipient -> recipient.channel().equals(NAME))
                        .toList()
                : List.of();
    }

    private static boolean isCall(Notice notice) {
        return notice instanceof Notice.Wanted
                || notice instanceof Notice.Reminded
                || notice instanceof Notice.Escalated;
    }

    @Override
    public CompletionStage<Attempt> deliver(Errand errand) {
        return digests.begin(errand, pace, clock.instant()).thenCompose(turn -> switch (turn) {
            case Turn.Told() -> CompletableFuture.completedFuture(new Attempt.Accepted());
            // Only this delivery waits: those that the last mail told have to find that out.
            case Turn.Later(String why, Duration pause) ->
                CompletableFuture.completedFuture(new Attempt.Postponed(why, pause, false));
            case Turn.Ours ours -> tell(errand, ours);
        });
    }

    private CompletionStage<Attempt> tell(Errand errand, Turn.Ours turn) {
        return digests.content(turn, clock.instant()).thenCompose(content -> {
            if (!content.covers().contains(errand.id())) {
                return digests.notSent(turn).thenApply(done -> untold(errand, content));
            }
            return post.mails()
                    .send(post.mail(turn, content, clock.instant()))
                    .thenCompose(attempt -> ended(turn, content, attempt));
        });
    }

    private static Attempt untold(Errand errand, Digests.Content content) {
        boolean waits = content.waiting().stream()
                .anyMatch(waiting ->
                        waiting.action().equals(errand.notice().subject().actionId()));
        return waits
                ? new Attempt.Postponed(
                        "More than %d requests wait for them, and the next to expire are told first"
                                .formatted(Digests.MOST_NAMED),
                        CROWDED,
                        false)
                : new Attempt.Forbidden(
                        "It waits for them no more: decided, voted on or over before the next digest. Nothing was sent");
    }

    private CompletionStage<Attempt> ended(Turn.Ours turn, Digests.Content content, Attempt attempt) {
        CompletionStage<Void> recorded = attempt instanceof Attempt.Accepted
                ? digests.sent(turn, content.covers(), clock.instant())
                : digests.notSent(turn);
        return recorded.thenApply(done -> attempt);
    }
}

package io.obstat.notifier.email;

import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.Attempt;
import io.smallrye.mutiny.TimeoutException;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.SMTPException;
import io.vertx.mutiny.ext.mail.MailClient;
import java.util.concurrent.CompletionStage;

/**
 * By SMTP, through the client that {@code quarkus.mailer.*} makes. Not through Quarkus's own mailer above it: that one says that it has sent what
 * its settings told it to drop.
 */
final class SmtpMails implements Mails {

    /** What the client says when a server does not take the recipient, before the server's answer. */
    private static final String NO_SUCH_RECIPIENT = "recipient address not accepted";
    // SPEC: RFC 5321 §4.5.3.1.10: 552 for a recipient is to be taken for a passing error.
    private static final int TOO_MUCH_MAIL = 552;

    private final MailClient client;
    private final EmailSettings settings;

    SmtpMails(MailClient client, EmailSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public CompletionStage<Attempt> send(DigestMail mail) {
        return client.sendMail(message(mail))
                .ifNoItem()
                .after(settings.timeout())
                .fail()
                .<Attempt>map(sent -> new Attempt.Accepted())
                .onFailure()
                .recoverWithItem(SmtpMails::attempt)
                .subscribeAsCompletionStage();
    }

    private MailMessage message(DigestMail mail) {
        return new MailMessage()
                .setFrom(settings.from())
                .setTo(mail.to())
                .setSubject(mail.subject())
                .setText(mail.text())
                .setHtml(mail.html())
                .addHeader("Message-ID", mail.messageId())
                // SPEC: RFC 3834 §5, so that nobody's absence is answered.
                .addHeader("Auto-Submitted", "auto-generated");
    }

    /** What a failure comes to. Only a recipient that the server does not have is for good: all else may be put right in its settings or in ours. */
    static Attempt attempt(Throwable failure) {
        if (failure instanceof SMTPException answer) {
            String said = shortened("The mail server answered " + said(answer));
            return answer.getReplyCode() >= 500
                            && answer.getReplyCode() != TOO_MUCH_MAIL
                            && String.valueOf(answer.getMessage()).startsWith(NO_SUCH_RECIPIENT)
                    ? new Attempt.Refused(said)
                    : new Attempt.Troubled(said, null);
        }
        return new Attempt.Troubled(
                failure instanceof TimeoutException
                        ? "The mail server did not answer in time"
                        : shortened("The mail server was not reached: "
                                + VisibleText.of(String.valueOf(failure.getMessage()))
                                        .text()),
                null);
    }

    private static String said(SMTPException answer) {
        return VisibleText.of(String.valueOf(answer.getReplyMessage())).text();
    }

    private static String shortened(String problem) {
        return problem.substring(0, Math.min(problem.length(), Attempt.LONGEST_PROBLEM));
    }
}

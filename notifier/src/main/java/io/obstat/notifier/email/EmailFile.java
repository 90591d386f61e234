package io.obstat.notifier.email;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code email} section of {@code channels.yaml}. The mail server is not in it: that is {@code quarkus.mailer.*}.
 *
 * @param from whom the mails come from, such as {@code Obstat <obstat@example.com>}
 * @param digestEvery no two mails to one address come closer after each other; 1 minute to 12 hours, 15 minutes when absent
 */
public record EmailFile(String from, @Nullable Duration digestEvery) {

    /** The host while none is set, see {@code application.properties}. */
    public static final String NO_HOST = "unset.invalid";

    private static final Duration USUAL = Duration.ofMinutes(15);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(12);
    private static final Pattern NAMED = Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9 ._-]{0,99} )?<([^<>]+)>|([^<> ]+)");

    public EmailFile {
        Required.text("from", from, 400);
        if (sender(from).isEmpty()) {
            throw new InvalidFieldException(
                    "from",
                    "is %s; it must be an address such as obstat@example.com or Obstat <obstat@example.com>, the name of ASCII letters, digits, blanks and . _ -"
                            .formatted(Quoted.of(from)));
        }
        if (digestEvery != null && (digestEvery.compareTo(SHORTEST) < 0 || digestEvery.compareTo(LONGEST) > 0)) {
            throw new InvalidFieldException(
                    "digestEvery", "is %s; it must be %s to %s".formatted(digestEvery, SHORTEST, LONGEST));
        }
    }

    /**
     * The settings, whole.
     *
     * @param host of the mail server
     * @param giveUpAfter when a delivery is given up
     * @throws InvalidFieldException naming the setting that is wrong
     */
    public EmailSettings resolve(String host, Duration giveUpAfter, Duration timeout, URI inbox) {
        if (host.equals(NO_HOST)) {
            throw new InvalidFieldException(
                    "email",
                    "needs a mail server; set quarkus.mailer.host (QUARKUS_MAILER_HOST) to its name, or leave the section out");
        }
        Duration every = digestEvery == null ? USUAL : digestEvery;
        // INVARIANT: no delivery is given up for waiting for its digest alone.
        if (every.compareTo(giveUpAfter.dividedBy(2)) > 0) {
            throw new InvalidFieldException(
                    "email.digestEvery",
                    "is %s; it must be at most half of retry.give-up-after, %s".formatted(every, giveUpAfter));
        }
        return new EmailSettings(from, sender(from).orElseThrow(), every, timeout, inbox);
    }

    private static Optional<EmailAddress> sender(String from) {
        Matcher named = NAMED.matcher(from);
        return named.matches()
                ? Optional.of(named.group(1) == null ? named.group(2) : named.group(1))
                        .filter(EmailAddress::isOne)
                        .map(EmailAddress::new)
                : Optional.empty();
    }
}

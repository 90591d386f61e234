package io.obstat.notifier.email;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import java.util.regex.Pattern;

/**
 * Where a mail goes to, or comes from.
 *
 * @param value such as {@code ann@example.com}; at most 254 characters, of ASCII and without quotes
 */
public record EmailAddress(String value) {

    // SPEC: RFC 5321 §4.1.2, Dot-string "@" Domain.
    static final String FORM =
            "[\\w!#$%&'*+/=?^`{|}~-]+(?:\\.[\\w!#$%&'*+/=?^`{|}~-]+)*@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*";

    private static final Pattern ADDRESS = Pattern.compile(FORM);
    // SPEC: RFC 5321 §4.5.3.1, less the angle brackets of a path.
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;

    public EmailAddress {
        if (!isOne(value)) {
            throw new InvalidFieldException(
                    "address", "is %s; it must be one such as ann@example.com".formatted(Quoted.of(value)));
        }
    }

    /** Whether a mail can be sent there. Nobody is asked whether it exists. */
    public static boolean isOne(String text) {
        return text.length() <= LONGEST
                && text.indexOf('@') <= LONGEST_LOCAL_PART
                && ADDRESS.matcher(text).matches();
    }

    /** What stands behind the {@code @}. */
    String domain() {
        return value.substring(value.indexOf('@') + 1);
    }
}

package io.obstat.decision.directory;

import io.obstat.contracts.InvalidFieldException;
import io.obstat.contracts.Quoted;
import io.obstat.contracts.Required;
import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import java.util.Locale;
import java.util.regex.Pattern;

/** Keys of people, checked before they are written down. */
public final class Identities {

    private static final int LONGEST = 255;
    private static final int LONGEST_EMAIL = 254;
    private static final int LONGEST_GROUP = 100;
    private static final Pattern SLACK = Pattern.compile("[A-Z0-9]+/[A-Z0-9]+");
    private static final Pattern ENTRA = Pattern.compile("(?i)[0-9a-f-]{36}/[0-9a-f-]{36}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private Identities() {}

    /**
     * A key as its channel writes it.
     *
     * @param field that holds it, for messages
     * @throws InvalidFieldException when it has not the form of its channel
     */
    public static Identity of(String field, Channel channel, String value) {
        line(field, value, channel == Channel.EMAIL ? LONGEST_EMAIL : LONGEST);
        return switch (channel) {
            case OIDC -> new Identity(channel, value);
            case EMAIL -> new Identity(channel, formed(field, EMAIL, value, "an e-mail address"));
            case SLACK ->
                new Identity(
                        channel, formed(field, SLACK, value, "<team id>/<user id>, such as T024BE7LD/U2147483697"));
            // Entra compares its ids without case, and writes them in lower case.
            case ENTRA ->
                new Identity(
                        channel,
                        formed(field, ENTRA, value, "<tenant id>/<object id>, two UUIDs")
                                .toLowerCase(Locale.ROOT));
        };
    }

    /**
     * A group's name, as policy writes it.
     *
     * @throws InvalidFieldException when it is blank, longer than 100 characters or not one line
     */
    public static String group(String field, String name) {
        return line(field, name, LONGEST_GROUP);
    }

    /** @throws InvalidFieldException when it is blank, too long, or has a control character or blanks around it */
    static String line(String field, String value, int longest) {
        Required.text(field, value, longest);
        if (!value.strip().equals(value) || value.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidFieldException(
                    field, "is %s; it must be one line without blanks around it".formatted(Quoted.of(value)));
        }
        return value;
    }

    private static String formed(String field, Pattern form, String value, String expected) {
        if (!form.matcher(value).matches()) {
            throw new InvalidFieldException(field, "is %s; it must be %s".formatted(Quoted.of(value), expected));
        }
        return value;
    }
}

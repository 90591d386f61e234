package io.obstat.local.chat.mail;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mail as its reader has it.
 *
 * @param text its part of plain text; empty when it has none
 * @param html its part of HTML, untouched; empty when it has none
 */
public record ReceivedMail(String from, String to, String messageId, String subject, String text, String html) {

    /** @throws IllegalArgumentException when it is no mail that can be read */
    static ReceivedMail of(MimeMessage mail) {
        try {
            return new ReceivedMail(
                    named(mail.getFrom()),
                    named(mail.getRecipients(Message.RecipientType.TO)),
                    said(mail.getMessageID()),
                    said(mail.getSubject()),
                    part(mail, "text/plain"),
                    part(mail, "text/html"));
        } catch (MessagingException | IOException e) {
            throw new IllegalArgumentException("A mail cannot be read", e);
        }
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart one = parts.getBodyPart(i);
                String found = part(one, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }

    private static String named(Address @Nullable [] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses).map(Address::toString).collect(Collectors.joining(", "));
    }

    private static String said(@Nullable String header) {
        return header == null ? "" : header;
    }
}

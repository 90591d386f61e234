package io.obstat.notifier.quarkus;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** A real SMTP server that takes mail for everybody, and that can be away. It comes back where it was, with what it had. */
final class MailServer {

    static final String HOST = "127.0.0.1";

    private final int port = freePort();
    private final List<MimeMessage> before = new ArrayList<>();
    private final AtomicReference<GreenMail> running = new AtomicReference<>(started());

    private GreenMail started() {
        var server = new GreenMail(new ServerSetup(port, HOST, ServerSetup.PROTOCOL_SMTP));
        server.start();
        return server;
    }

    int port() {
        return port;
    }

    void stop() {
        GreenMail server = running.get();
        server.stop();
        before.addAll(Arrays.asList(server.getReceivedMessages()));
    }

    void startAgain() {
        running.set(started());
    }

    /** What has come for this address, the oldest first. */
    List<MimeMessage> to(String address) {
        var all = new ArrayList<>(before);
        all.addAll(Arrays.asList(running.get().getReceivedMessages()));
        return all.stream().filter(mail -> isTo(mail, address)).toList();
    }

    /** The text of one part, decoded. */
    static String part(MimeMessage mail, String type) {
        try {
            var parts = (MimeMultipart) mail.getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                if (parts.getBodyPart(i).isMimeType(type)) {
                    return (String) parts.getBodyPart(i).getContent();
                }
            }
            throw new AssertionError("The mail has no part of the type " + type);
        } catch (MessagingException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return Arrays.asList(mail.getRecipients(Message.RecipientType.TO)).contains(new InternetAddress(address));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

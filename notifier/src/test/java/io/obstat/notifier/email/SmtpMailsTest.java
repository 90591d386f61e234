package io.obstat.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.notifier.Attempt;
import io.vertx.ext.mail.MailConfig;
import io.vertx.ext.mail.StartTLSOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.net.NetServer;
import io.vertx.mutiny.ext.mail.MailClient;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real client against a server that answers one command as a test wants it. */
class SmtpMailsTest {

    private static final DigestMail MAIL = new DigestMail(
            "ann@example.com", "<digest.1@example.com>", "1 request waits for you", "plain\n.\nend\n", "<p>html</p>");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.closeAndAwait();
    }

    @Test
    void shouldHandTheMailOver() {
        // When
        Attempt attempt = send("NOTHING", "", StartTLSOptions.DISABLED);

        // Then
        assertThat(attempt).isEqualTo(new Attempt.Accepted());
        assertThat(heard)
                .contains(
                        "MAIL FROM:<obstat@example.com>",
                        "RCPT TO:<ann@example.com>",
                        "From: Obstat <obstat@example.com>",
                        "Message-ID: <digest.1@example.com>",
                        "Subject: 1 request waits for you",
                        "Auto-Submitted: auto-generated");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RCPT | 550 5.1.1 no such user | true
                    RCPT | 552 mailbox full       | false
                    RCPT | 450 greylisted         | false
                    MAIL | 550 who are you        | false
                    DATA | 554 not today          | false
                    MAIL | 421 closing            | false
                    """)
    void shouldTakeNothingForGoodButAnUnknownRecipient(String command, String answer, boolean forGood) {
        // When
        Attempt attempt = send(command, answer, StartTLSOptions.DISABLED);

        // Then
        String said = "The mail server answered " + answer;
        assertThat(attempt).isEqualTo(forGood ? new Attempt.Refused(said) : new Attempt.Troubled(said, null));
    }

    @Test
    void shouldSendNothingInTheClearUnlessToldTo() {
        // When
        Attempt attempt = send("NOTHING", "", StartTLSOptions.REQUIRED);

        // Then
        assertThat(attempt)
                .isEqualTo(new Attempt.Troubled(
                        "The mail server was not reached: STARTTLS required but not supported by server", null));
        assertThat(heard).noneMatch(line -> line.startsWith("MAIL"));
    }

    @Test
    void shouldTryAgainLaterWhenThereIsNoServer() {
        // Given a port that nobody listens at any more
        NetServer gone = vertx.createNetServer().connectHandler(socket -> {}).listenAndAwait(0, "127.0.0.1");
        gone.closeAndAwait();

        // When
        Attempt attempt = mails(gone.actualPort(), StartTLSOptions.DISABLED)
                .send(MAIL)
                .toCompletableFuture()
                .join();

        // Then
        assertThat(attempt)
                .isInstanceOfSatisfying(
                        Attempt.Troubled.class,
                        troubled -> assertThat(troubled.problem())
                                .startsWith("The mail server was not reached: Connection refused"));
    }

    private Attempt send(String command, String answer, StartTLSOptions tls) {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> {
                    var said = new AtomicReference<>("");
                    socket.handler(bytes -> {
                        String all = said.get() + bytes;
                        int end = all.lastIndexOf("\r\n") + 2;
                        said.set(all.substring(Math.max(end, 0)));
                        all.substring(0, Math.max(end, 0)).lines().forEach(line -> {
                            heard.add(line);
                            String reply = line.startsWith(command) ? answer : usual(line);
                            if (!reply.isEmpty()) {
                                socket.writeAndForget(reply + "\r\n");
                            }
                        });
                    });
                    socket.writeAndForget("220 ready\r\n");
                })
                .listenAndAwait(0, "127.0.0.1");
        return mails(server.actualPort(), tls).send(MAIL).toCompletableFuture().join();
    }

    /** Empty within the mail, whose lines are none of these. */
    private static String usual(String line) {
        return switch (line.split("[ :]", 2)[0]) {
            case "EHLO", "MAIL", "RCPT", ".", "RSET" -> "250 ok";
            case "DATA" -> "354 go on";
            case "QUIT" -> "221 bye";
            default -> "";
        };
    }

    private Mails mails(int port, StartTLSOptions tls) {
        var config = new MailConfig("127.0.0.1", port).setStarttls(tls).setKeepAlive(false);
        return new SmtpMails(MailClient.create(vertx, config), Mailed.SETTINGS);
    }
}

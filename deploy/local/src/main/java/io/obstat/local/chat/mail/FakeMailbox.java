package io.obstat.local.chat.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.obstat.local.chat.http.Call;
import io.obstat.local.chat.http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Takes mail for everybody by SMTP, on the loopback interface and without TLS, and shows it under {@code /mail}. A mail's HTML stands in a
 * frame that can run nothing and load nothing.
 */
public final class FakeMailbox implements AutoCloseable {

    private static final String LIST_POLICY =
            "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String MAIL_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    private final GreenMail server;

    private FakeMailbox(GreenMail server) {
        this.server = server;
    }

    /** @param port 0 for a free one */
    public static FakeMailbox start(int port) {
        var server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        return new FakeMailbox(server);
    }

    public int port() {
        return server.getSmtp().getPort();
    }

    /** What has come, the oldest first. */
    public List<ReceivedMail> mails() {
        return Arrays.stream(server.getReceivedMessages()).map(ReceivedMail::of).toList();
    }

    /** Answers what a browser asks below {@code /mail}. */
    public Reply answer(Call call) {
        List<ReceivedMail> mails = mails();
        List<String> path = call.path();
        if (path.size() == 1) {
            return page(list(mails), LIST_POLICY);
        }
        int number = path.size() == 2 && path.getLast().matches("\\d{1,6}") ? Integer.parseInt(path.getLast()) : 0;
        return number >= 1 && number <= mails.size()
                // As in a mail program, where a link opens beside the mail.
                ? page(
                        mails.get(number - 1).html().replaceFirst("<head>", "<head><base target=\"_blank\">"),
                        MAIL_POLICY)
                : Reply.text(404, "There is no such mail");
    }

    private static Reply page(String html, String policy) {
        return Reply.of(200, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .with("content-security-policy", policy)
                .with("x-content-type-options", "nosniff")
                .with("referrer-policy", "no-referrer")
                .with("cache-control", "no-store");
    }

    private static String list(List<ReceivedMail> mails) {
        var page = new StringBuilder("""
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>Obstat: mail</title>
                <link rel="stylesheet" href="/chat.css"></head>
                <body class="mailbox">
                <header class="top"><span class="mark" aria-hidden="true"></span><h1>Obstat <span>mail, on this machine</span></h1><a href="/">Both chats</a></header>
                """);
        if (mails.isEmpty()) {
            page.append("<p>No mail yet. Reload this page when something waits.</p>\n");
        }
        for (int number = mails.size(); number >= 1; number--) {
            ReceivedMail mail = mails.get(number - 1);
            page.append("""
                    <article>
                    <h2>%s</h2>
                    <p class="muted">from %s to %s</p>
                    <iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mail/%d" title="As HTML"></iframe>
                    <details><summary>As plain text</summary><pre>%s</pre></details>
                    </article>
                    """.formatted(
                    escaped(mail.subject()), escaped(mail.from()), escaped(mail.to()), number, escaped(mail.text())));
        }
        return page.append("</body>\n</html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public void close() {
        server.stop();
    }
}

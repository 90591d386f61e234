package io.obstat.local.chat.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.ServerSetup;
import io.obstat.local.chat.FakeChat;
import io.obstat.local.chat.FakeChatSettings;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeMailboxTest {

    private final FakeChat chat = FakeChat.start(FakeChatSettings.standard());
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        client.shutdownNow();
        chat.close();
    }

    @Test
    void shouldShowAMailAndRunNothingThatIsInIt() throws Exception {
        // Given
        send(
                "One <b>waits",
                "Plain <i>text</i>",
                "<html><head><title>x</title></head><body>Hello<script>alert(1)</script></body></html>");
        await().until(() -> !chat.mailbox().mails().isEmpty());

        // When
        HttpResponse<String> list = get("/mail");
        HttpResponse<String> mail = get("/mail/1");

        // Then
        assertThat(list.body())
                .contains("One &lt;b&gt;waits", "Plain &lt;i&gt;text&lt;/i&gt;", "reviewer@example.com")
                .contains("<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\" src=\"/mail/1\"")
                .doesNotContain("<script");
        assertThat(mail.body()).contains("<head><base target=\"_blank\">", "Hello");
        assertThat(mail.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'")
                .contains("sandbox allow-popups")
                .doesNotContain("allow-scripts", "script-src");
        assertThat(get("/mail/2").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldSayThatThereIsNoMailYet() throws Exception {
        assertThat(get("/mail").body()).contains("No mail yet");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(chat.url() + path)).build(), BodyHandlers.ofString());
    }

    private void send(String subject, String text, String html) throws MessagingException {
        var setup = new ServerSetup(chat.mailbox().port(), "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        var mail = new MimeMessage(Session.getInstance(setup.configureJavaMailSessionProperties(null, false)));
        mail.setFrom(new InternetAddress("obstat@example.com"));
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress("reviewer@example.com"));
        mail.setSubject(subject);
        var plain = new MimeBodyPart();
        plain.setText(text, "utf-8");
        var rich = new MimeBodyPart();
        rich.setText(html, "utf-8", "html");
        mail.setContent(new MimeMultipart("alternative", plain, rich));
        Transport.send(mail);
    }
}

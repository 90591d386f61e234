package io.obstat.notifier.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.visible.NastyDice;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.DeliveryId;
import io.obstat.notifier.Digests;
import io.obstat.notifier.Samples;
import io.obstat.notifier.Waiting;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class DigestTest {

    private static final Instant NOW = Samples.NOW;
    private static final int MAILS = 500;

    @Test
    void shouldSayWhatWaitsTheNextToExpireFirst() {
        // Given
        Waiting later = Mailed.waiting("later", NOW.plus(Duration.ofHours(3)));
        Waiting next = Mailed.waiting("next", NOW.plus(Duration.ofMinutes(24)).plusSeconds(59));

        // When
        Digest digest = digest(List.of(later, next));

        // Then
        assertThat(digest.subject()).isEqualTo("2 requests wait for you, the next until 10:24 UTC");
        assertThat(digest.text())
                .isEqualTo("""
                2 requests wait for you. Open one to see its inputs and to decide. This mail decides nothing.

                1. HIGH Export customer data from production
                   resource     postgres⟨:⟩//prod/customers
                   environment  production
                   agent        etl-agent
                   decide by    2026-11-22 10:24 UTC (in 24 min)
                   request      #%s  https://obstat.example.com/inbox/%s

                2. HIGH Export customer data from production
                   resource     postgres⟨:⟩//prod/customers
                   environment  production
                   agent        etl-agent
                   decide by    2026-11-22 13:00 UTC (in 3 hours)
                   request      #%s  https://obstat.example.com/inbox/%s

                The inbox: https://obstat.example.com/inbox

                Such mails come 15 min apart, and sooner when something cannot wait. The times left are as of its sending.
                A sign such as ⟨.⟩ or ⟨U+202E⟩ stands for one character that others wrote.
                """.formatted(next.shortId(), next.action(), later.shortId(), later.action()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    PT59S | 1 request waits for you, until 10:00 UTC            | in less than a minute
                    PT1M  | 1 request waits for you, until 10:01 UTC            | in 1 min
                    PT2H  | 1 request waits for you, until 12:00 UTC            | in 2 hours
                    PT14H | 1 request waits for you, until 2026-11-23 00:00 UTC | in 14 hours
                    P30D  | 1 request waits for you, until 2026-12-22 10:00 UTC | in 30 days
                    """)
    void shouldSayUntilWhen(Duration left, String subject, String words) {
        // When
        Digest digest = digest(List.of(Mailed.waiting("one", NOW.plus(left))));

        // Then
        assertThat(digest.subject()).isEqualTo(subject);
        assertThat(digest.entries()).extracting(Digest.Entry::left).containsExactly(words);
    }

    @Test
    void shouldListFiftyAndSayHowManyMoreThereAre() {
        // Given
        List<Waiting> many = IntStream.rangeClosed(1, 62)
                .mapToObj(i -> Mailed.waiting("many-" + i, NOW.plusSeconds(60L * i)))
                .toList();

        // When
        Digest digest = digest(many);

        // Then
        assertThat(digest.subject()).startsWith("62 requests wait for you");
        assertThat(digest.entries())
                .hasSize(50)
                .last()
                .extracting(Digest.Entry::until)
                .isEqualTo("2026-11-22 10:50 UTC");
        assertThat(digest.text()).contains("\nand 12 more in the inbox: https://obstat.example.com/inbox\n");
        assertThat(texts(page(digest), "p")).contains("and 12 more in the inbox");
    }

    /** Both parts show what others wrote exactly, and the only links are ours. */
    @Test
    void shouldReadEveryMailBackAndHaveNoLinksButOurs() {
        IntStream.range(0, MAILS).parallel().forEach(seed -> {
            // Given
            var dice = new NastyDice(seed);
            String title = "T" + dice.text() + dice.text();
            String resource = "https://evil.example/" + dice.text();
            String environment = "<a href='https://evil.example'>x</a>" + dice.text();
            Waiting waiting = Mailed.waiting("nasty", title, resource, environment, NOW.plusSeconds(90));

            // When
            Digest digest = digest(List.of(waiting));

            // Then
            List<String> lines = digest.text().lines().toList();
            assertThat(lines).hasSize(13);
            assertThat(UnlinkedTest.read(lines.get(2)))
                    .isEqualTo("1. HIGH " + VisibleText.of(title).text());
            assertThat(UnlinkedTest.read(lines.get(3)))
                    .isEqualTo("   resource     " + VisibleText.of(resource).text());
            assertThat(UnlinkedTest.read(lines.get(4)))
                    .isEqualTo("   environment  " + VisibleText.of(environment).text());
            Document page = page(digest);
            assertThat(texts(page, "bdi"))
                    .extracting(UnlinkedTest::read)
                    .containsExactly(
                            VisibleText.of(title).text(),
                            VisibleText.of(resource).text(),
                            VisibleText.of(environment).text(),
                            "etl-agent");
            assertThat(texts(page, "bdi"))
                    .noneMatch(text -> UnlinkedTest.LINK.matcher(text).find());
            assertThat(links(page)).containsExactly(waiting.link().toString(), Samples.INBOX.toString());
            assertThat(digest.text().replace(waiting.link().toString(), "").replace(Samples.INBOX.toString(), ""))
                    .doesNotContain("://");
            assertThat(digest.subject()).isEqualTo("1 request waits for you, until 10:01 UTC");
        });
    }

    @Test
    void shouldHaveTheSameIdForTheSameNewsAndAnotherForOthers() {
        // Given
        var one = new DeliveryId("msg_" + "a".repeat(26));
        var two = new DeliveryId("msg_" + "b".repeat(26));
        EmailAddress sender = Mailed.SETTINGS.sender();

        // When
        String id = DigestMail.messageId("ann@example.com", Set.of(one, two), sender);

        // Then
        assertThat(id)
                .matches("<digest\\.[0-9a-f]{64}@example\\.com>")
                .isEqualTo(DigestMail.messageId("ann@example.com", Set.of(two, one), sender))
                .isNotEqualTo(DigestMail.messageId("ann@example.com", Set.of(one), sender))
                .isNotEqualTo(DigestMail.messageId("bob@example.com", Set.of(one, two), sender));
    }

    private static Digest digest(List<Waiting> waiting) {
        return Digest.of(new Digests.Content(waiting, Set.of()).waiting(), Mailed.SETTINGS, NOW);
    }

    private static Document page(Digest digest) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(Mailed.html(digest))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(Mailed.html(digest), e);
        }
    }

    private static List<String> texts(Document page, String element) {
        return elements(page, element).stream().map(Element::getTextContent).toList();
    }

    private static List<String> links(Document page) {
        return elements(page, "a").stream().map(a -> a.getAttribute("href")).toList();
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}

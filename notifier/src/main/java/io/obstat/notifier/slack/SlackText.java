package io.obstat.notifier.slack;

import com.slack.api.model.block.element.RichTextElement;
import com.slack.api.model.block.element.RichTextSectionElement;
import com.slack.api.model.block.element.RichTextSectionElement.TextStyle;
import io.obstat.contracts.visible.VisibleText;
import io.obstat.notifier.InPlace;
import io.obstat.notifier.Line;
import io.obstat.notifier.Line.Part;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines as rich text. Slack does not parse the text elements of rich text: in them {@code <@U1>}, {@code *}, {@code :tada:} and addresses are
 * what they are.
 */
final class SlackText {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final TextStyle BOLD = TextStyle.builder().bold(true).build();
    private static final TextStyle ITALIC = TextStyle.builder().italic(true).build();
    private static final TextStyle CODE = TextStyle.builder().code(true).build();

    private final String team;

    /** @param team whose users are named as Slack names them */
    SlackText(String team) {
        this.team = team;
    }

    static RichTextElement plain(String words) {
        return RichTextSectionElement.Text.builder().text(words).build();
    }

    static RichTextElement bold(String words) {
        return RichTextSectionElement.Text.builder().text(words).style(BOLD).build();
    }

    static RichTextElement code(VisibleText text) {
        return RichTextSectionElement.Text.builder()
                .text(InPlace.of(text.text()))
                .style(CODE)
                .build();
    }

    /** In the reader's own time zone. */
    static RichTextElement when(Instant at) {
        return RichTextSectionElement.Date.builder()
                .timestamp(Math.toIntExact(at.getEpochSecond()))
                .format("{date_short_pretty} at {time}")
                .fallback(UTC.format(at))
                .build();
    }

    List<RichTextElement> elements(Line line) {
        var elements = new ArrayList<RichTextElement>();
        for (Part part : line.parts()) {
            switch (part) {
                case Part.Said(String words) -> elements.add(plain(words));
                case Part.Stressed(String words) -> elements.add(bold(words));
                case Part.Shown(VisibleText text) -> add(elements, plain(InPlace.of(text.text())), text);
                case Part.Quoted(VisibleText text) -> {
                    elements.add(plain("“"));
                    add(
                            elements,
                            RichTextSectionElement.Text.builder()
                                    .text(InPlace.of(text.text()))
                                    .style(ITALIC)
                                    .build(),
                            text);
                    elements.add(plain("”"));
                }
                case Part.Who who -> elements.add(who(who));
                case Part.When(Instant at) -> elements.add(when(at));
            }
        }
        return elements;
    }

    /** An empty text element is none. */
    private static void add(List<RichTextElement> elements, RichTextElement element, VisibleText text) {
        if (!text.isEmpty()) {
            elements.add(element);
        }
    }

    private RichTextElement who(Part.Who who) {
        return who.authority().equals("slack:" + team) && who.subject().matches("[A-Z0-9]+")
                ? RichTextSectionElement.User.builder().userId(who.subject()).build()
                : bold(InPlace.of(who.name().text()));
    }

    /** The line in words, for notifications. Escaped as mrkdwn wants it. */
    static String words(Line line) {
        var words = new StringBuilder();
        for (Part part : line.parts()) {
            words.append(
                    switch (part) {
                        case Part.Said(String said) -> said;
                        case Part.Stressed(String said) -> said;
                        case Part.Shown(VisibleText text) -> InPlace.of(text.text());
                        case Part.Quoted(VisibleText text) -> "“" + InPlace.of(text.text()) + "”";
                        case Part.Who who -> InPlace.of(who.name().text());
                        case Part.When(Instant at) -> UTC.format(at);
                    });
        }
        return escaped(words.toString());
    }

    /** SPEC: docs.slack.dev, "Formatting message text": these three are all that mrkdwn lets one escape. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

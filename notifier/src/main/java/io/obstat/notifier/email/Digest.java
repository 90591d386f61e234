package io.obstat.notifier.email;

import io.obstat.notifier.Digests;
import io.obstat.notifier.Waiting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What stands in a mail: all that waits for somebody, the next to expire first. It decides nothing, and no link in it does.
 *
 * @param subject of our words alone, so that nothing that others wrote is in a header
 * @param heading how many wait
 * @param entries at most {@value #MOST_ENTRIES}
 * @param more how many wait beside these
 * @param inbox where all of them are
 * @param every how often such a mail comes at most
 */
record Digest(String subject, String heading, List<Entry> entries, int more, URI inbox, String every) {

    static final int MOST_ENTRIES = Digests.MOST_NAMED;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * One request.
     *
     * @param until when people can decide, such as {@code 2026-11-22 14:05 UTC}
     * @param left how long that is, such as {@code in 24 min}
     * @param link to the full request
     */
    record Entry(
            int number,
            String risk,
            String title,
            String agent,
            String resource,
            String environment,
            String until,
            String left,
            String shortId,
            URI link) {}

    /**
     * Makes one.
     *
     * @param waiting the next to expire first; at least one
     */
    static Digest of(List<Waiting> waiting, EmailSettings settings, Instant now) {
        int count = waiting.size();
        String heading = count == 1 ? "1 request waits for you" : "%d requests wait for you".formatted(count);
        String until = until(waiting.getFirst().decideBy(), now);
        return new Digest(
                "%s, %suntil %s".formatted(heading, count == 1 ? "" : "the next ", until),
                heading,
                IntStream.range(0, Math.min(count, MOST_ENTRIES))
                        .mapToObj(i -> entry(i + 1, waiting.get(i), now))
                        .toList(),
                Math.max(0, count - MOST_ENTRIES),
                settings.inbox(),
                length(settings.every()));
    }

    private static Entry entry(int number, Waiting waiting, Instant now) {
        return new Entry(
                number,
                waiting.risk().name(),
                Unlinked.of(waiting.title()),
                Unlinked.of(waiting.agent()),
                Unlinked.of(waiting.resource()),
                Unlinked.of(waiting.environment()),
                DAY_AND_TIME.format(waiting.decideBy()),
                "in " + length(Duration.between(now, waiting.decideBy())),
                "#" + waiting.shortId(),
                waiting.link());
    }

    private static String until(Instant at, Instant now) {
        boolean today = LocalDate.ofInstant(at, ZoneOffset.UTC).equals(LocalDate.ofInstant(now, ZoneOffset.UTC));
        return (today ? TIME : DAY_AND_TIME).format(at);
    }

    /** Rounded down, so that nobody believes to have more time than they have. */
    private static String length(Duration duration) {
        if (duration.compareTo(ChronoUnit.MINUTES.getDuration()) < 0) {
            return "less than a minute";
        }
        if (duration.toMinutes() < 120) {
            return duration.toMinutes() + " min";
        }
        return duration.toHours() < 48 ? duration.toHours() + " hours" : duration.toDays() + " days";
    }

    /** The mail as plain text. Each thing that others wrote ends its line, so that none can pass for ours. */
    String text() {
        var text = new StringBuilder();
        line(text, heading + ". Open one to see its inputs and to decide. This mail decides nothing.");
        for (Entry entry : entries) {
            line(text, "");
            line(text, "%d. %s %s".formatted(entry.number(), entry.risk(), entry.title()));
            line(text, "   resource     " + entry.resource());
            line(text, "   environment  " + entry.environment());
            line(text, "   agent        " + entry.agent());
            line(text, "   decide by    %s (%s)".formatted(entry.until(), entry.left()));
            line(text, "   request      %s  %s".formatted(entry.shortId(), entry.link()));
        }
        line(text, "");
        line(text, more == 0 ? "The inbox: " + inbox : "and %d more in the inbox: %s".formatted(more, inbox));
        line(text, "");
        line(
                text,
                "Such mails come %s apart, and sooner when something cannot wait. The times left are as of its sending."
                        .formatted(every));
        line(text, "A sign such as ⟨.⟩ or ⟨U+202E⟩ stands for one character that others wrote.");
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}

package io.obstat.ledger;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;

/** Moments and spans of time as a person would say them, to the second. */
final class TimeWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter DAY_AND_TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private TimeWords() {}

    /** {@code until 14:32:05 UTC}, with the day when it is not the day of {@code from}. */
    static String until(Instant from, Instant to) {
        LocalDateTime end = LocalDateTime.ofInstant(to, ZoneOffset.UTC);
        boolean today = end.toLocalDate()
                .equals(LocalDateTime.ofInstant(from, ZoneOffset.UTC).toLocalDate());
        return "until %s UTC".formatted((today ? TIME : DAY_AND_TIME).format(end));
    }

    /** {@code 1 hour 30 minutes}: what there is of days, hours, minutes and seconds. */
    static String span(Duration span) {
        String words = Stream.of(
                        count(span.toDaysPart(), "day"),
                        count(span.toHoursPart(), "hour"),
                        count(span.toMinutesPart(), "minute"),
                        count(span.toSecondsPart(), "second"))
                .filter(part -> !part.isEmpty())
                .collect(joining(" "));
        return words.isEmpty() ? "0 seconds" : words;
    }

    private static String count(long number, String unit) {
        return number == 0 ? "" : number + " " + unit + (number == 1 ? "" : "s");
    }
}

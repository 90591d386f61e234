package io.obstat.intake.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SPEC: RFC 7240 §4.3, the preference {@code wait}: how many seconds the caller would rather wait for the decision. */
final class Prefer {

    /** Whoever asks for longer waits this long. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private static final Pattern WAIT = Pattern.compile("(?i)\\s*wait\\s*=\\s*\"?([0-9]{1,9})\"?\\s*(;.*)?");

    private Prefer() {}

    /** How long to wait, at most {@link #LONGEST}; not at all when that is not said, or is zero. SPEC: §2, a preference that is malformed or unknown is passed over, the first one counts. */
    static Optional<Duration> wait(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Pattern.compile(",").splitAsStream(header))
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> Duration.ofSeconds(Math.min(LONGEST.toSeconds(), Long.parseLong(matcher.group(1)))))
                .findFirst()
                .filter(Duration::isPositive);
    }
}

package io.obstat.contracts.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.obstat.contracts.Quoted;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Times as text and nothing else. Jackson alone would also take a number for seconds, and a year that no database holds; both come from
 * outside, so both are refused at the door.
 */
final class Times {

    private Times() {}

    static SimpleModule module() {
        return new SimpleModule("obstat-times")
                .addDeserializer(Instant.class, new OfInstant())
                .addDeserializer(Duration.class, new OfDuration());
    }

    private static final class OfInstant extends StdDeserializer<Instant> {

        private static final long serialVersionUID = 1L;

        OfInstant() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = text(parser, "2026-01-31T12:00:00Z");
            try {
                OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
                // SPEC: RFC 3339 §1, years 0000 to 9999.
                if (time.getYear() >= 0 && time.getYear() <= 9999) {
                    return time.toInstant();
                }
            } catch (DateTimeException e) {
                // Told below, together with the years that are out of range.
            }
            throw new MalformedJsonException(
                    "",
                    "is %s, which is no RFC 3339 time; write it like 2026-01-31T12:00:00Z".formatted(Quoted.of(text)));
        }
    }

    private static final class OfDuration extends StdDeserializer<Duration> {

        private static final long serialVersionUID = 1L;

        OfDuration() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = text(parser, "PT30M");
            try {
                return Duration.parse(text);
            } catch (DateTimeException | ArithmeticException e) {
                throw new MalformedJsonException(
                        "", "is %s, which is no ISO 8601 duration; write it like PT30M".formatted(Quoted.of(text)));
            }
        }
    }

    private static String text(JsonParser parser, String example) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            throw new MalformedJsonException("", "must be a string such as \"%s\"".formatted(example));
        }
        return parser.getText();
    }
}

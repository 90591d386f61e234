package io.obstat.decision.road;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;

/** A program that listens at {@code /v1/approvals/events}. Reading waits for as long as it takes: give the test a time limit. */
final class Events implements AutoCloseable {

    /** @param id empty when it has none */
    record Event(String name, String id, String data) {}

    private final Stream<String> body;
    private final Iterator<String> lines;

    private Events(Stream<String> body) {
        this.body = body;
        this.lines = body.iterator();
    }

    /** @param headers names and values in turn, beside the token */
    static Events listen(URI base, String token, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/v1/approvals/events"))
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
                .send((headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/event-stream"));
        return new Events(response.body());
    }

    /** Whether the stream has ended, else after the next line has come. */
    boolean ended() {
        return !lines.hasNext();
    }

    Event next() {
        String name = "";
        String id = "";
        String data = "";
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            String value = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, line.indexOf(':'))) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data = value;
                default -> throw new AssertionError("Not expected in an event: " + line);
            }
        }
        return new Event(name, id, data);
    }

    /** The next that says this, past those of other tests. */
    Event awaitData(String data) {
        Event event = next();
        while (!event.data().equals(data)) {
            event = next();
        }
        return event;
    }

    @Override
    public void close() {
        body.close();
    }
}

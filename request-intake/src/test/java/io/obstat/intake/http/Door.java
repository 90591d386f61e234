package io.obstat.intake.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.config.ConfigProvider;

/** A client of the HTTP door, with one bearer token. */
final class Door implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, String> headers;

    private Door(Map<String, String> headers) {
        this.headers = headers;
    }

    static Door of(String token) {
        return new Door(Map.of("Authorization", "Bearer " + token));
    }

    static Door withoutToken() {
        return new Door(Map.of());
    }

    /** An answer. @param body as JSON; missing when it is none */
    record Answer(int status, Map<String, String> headers, JsonNode body) {

        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    Answer post(ObjectNode request, String... headers) {
        return post(Json.write(request), headers);
    }

    Answer post(byte[] request, String... headers) {
        return send(request("/v1/actions", headers)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(request)));
    }

    Answer postAs(String contentType, byte[] request) {
        return send(
                request("/v1/actions").header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(request)));
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    /** Whatever is there, as it is. */
    byte[] bytes(String path) {
        try {
            return http.send(request(path).GET().build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer delete(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method("DELETE", BodyPublishers.ofString(body)));
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path, String... more) {
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        headers.forEach(request::header);
        for (int i = 0; i < more.length; i += 2) {
            request.header(more[i], more[i + 1]);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers().map().forEach((name, values) -> first.put(name, values.getFirst()));
            JsonNode body = response.body().length == 0
                    ? MissingNode.getInstance()
                    : Json.readStrict(response.body(), JsonNode.class);
            return new Answer(response.statusCode(), first, body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

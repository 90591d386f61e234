package io.obstat.decision.inbox;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.event.ActionRequested;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** A browser as far as the server can tell: it keeps cookies, says where its forms come from, and signs in by the code flow. */
final class Browser {

    private final URI base;
    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

    Browser(URI base) {
        this.base = base;
    }

    /** Goes to the inbox, is sent to the issuer, and comes back with this ID token as the code. */
    Browser signIn(String idToken) {
        HttpResponse<String> sentAway = get("/inbox");
        assertThat(sentAway.statusCode()).isEqualTo(302);
        Map<String, String> query = query(URI.create(location(sentAway)));
        String redirectUri = requireNonNull(query.get("redirect_uri"));
        String state = requireNonNull(query.get("state"));
        HttpResponse<String> back = send(HttpRequest.newBuilder(
                URI.create(redirectUri + "?code=" + encode(idToken) + "&state=" + encode(state))));
        assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
        return this;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(base.resolve(path)));
    }

    Document page(String path) {
        HttpResponse<String> response = get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Jsoup.parse(response.body());
    }

    /** The fields of the approve form, as they stand on the request's page. */
    Map<String, String> approvalOf(ActionRequested request) {
        Element form = page("/inbox/" + request.actionId()).expectFirst("form:has([data-testid=approve])");
        return Stream.of("verb", "digest", "key")
                .collect(Collectors.toMap(
                        name -> name,
                        name -> form.select("[name=%s]".formatted(name)).val()));
    }

    /** The lines of an answer as they arrive; close it when done. */
    Stream<String> lines(String path) {
        try {
            return client.send(HttpRequest.newBuilder(base.resolve(path)).build(), BodyHandlers.ofLines())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Posts a form the way a page of ours does; {@code headers} are names and values in turn. */
    HttpResponse<String> post(String path, Map<String, String> fields, String... headers) {
        return post(path, fields.entrySet(), headers);
    }

    /** The same, with names that come more than once. */
    HttpResponse<String> post(String path, Collection<Map.Entry<String, String>> fields, String... headers) {
        var request = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(fields.stream()
                        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                        .collect(Collectors.joining("&"))));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    static String location(HttpResponse<?> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> query(URI uri) {
        return Stream.of(uri.getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

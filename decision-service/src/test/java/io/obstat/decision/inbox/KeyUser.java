package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.obstat.contracts.event.ActionRequested;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A person at a real browser, with a security key that the browser plays (Chrome DevTools Protocol, domain WebAuthn). */
final class KeyUser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final String POST = """
            async ([path, fields]) => {
              const response = await fetch(path, {
                method: 'POST', body: new URLSearchParams(fields), redirect: 'manual', headers: { 'X-Requested-With': 'JavaScript', 'HX-Request': 'true' },
              });
              return { status: response.status, body: await response.text() };
            }""";

    /** What a page of ours does, but with a say in what the key is asked. */
    private static final String ASK = """
            async ([path, fields, otherwise]) => {
              const response = await fetch(path, {
                method: 'POST', body: new URLSearchParams(fields), headers: { 'X-Requested-With': 'JavaScript' },
              });
              const question = await response.json();
              if (!question.get) throw new Error(JSON.stringify(question));
              const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...question.get, ...otherwise });
              return JSON.stringify(await navigator.credentials.get({ publicKey }));
            }""";

    private static final String MAKE = """
            async () => {
              const response = await fetch('/inbox/keys/step-up', { method: 'POST', body: new URLSearchParams() });
              const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON((await response.json()).create);
              return JSON.stringify(await navigator.credentials.create({ publicKey }));
            }""";

    private final BrowserContext context;
    private final Page page;
    private final CDPSession devTools;
    private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());
    private String authenticator = "";

    /** An answer of the server. */
    record Answer(int status, String body) {}

    private KeyUser(BrowserContext context) {
        this.context = context;
        this.page = context.newPage();
        page.onPageError(troubles::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && message.text().contains("Content Security Policy")) {
                troubles.add(message.text());
            }
        });
        this.devTools = context.newCDPSession(page);
        devTools.send("WebAuthn.enable");
    }

    static KeyUser signIn(Chromium chromium, String idToken) {
        return signIn(chromium, idToken, new NewContextOptions().setViewportSize(1280, 900));
    }

    static KeyUser signIn(Chromium chromium, String idToken, NewContextOptions options) {
        var user = new KeyUser(chromium.browser().newContext(options));
        user.open("/inbox");
        // The issuer of the tests has no page of its own: whoever comes to it goes back with the ID token as the code.
        Map<String, String> sent = Stream.of(
                        URI.create(user.page.url()).getRawQuery().split("&", -1))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
        user.page.navigate("%s?code=%s&state=%s"
                .formatted(
                        sent.get("redirect_uri"),
                        idToken,
                        URLEncoder.encode(String.valueOf(sent.get("state")), StandardCharsets.UTF_8)));
        return user;
    }

    /** Puts a key in: one that touches itself, and that can check who touches it. */
    KeyUser plugIn() {
        JsonObject options = new JsonObject();
        options.addProperty("protocol", "ctap2");
        options.addProperty("transport", "usb");
        options.addProperty("hasResidentKey", true);
        options.addProperty("hasUserVerification", true);
        options.addProperty("isUserVerified", true);
        options.addProperty("automaticPresenceSimulation", true);
        JsonObject arguments = new JsonObject();
        arguments.add("options", options);
        authenticator = devTools.send("WebAuthn.addVirtualAuthenticator", arguments)
                .get("authenticatorId")
                .getAsString();
        return this;
    }

    /** Pulls the key out and puts another in. */
    KeyUser plugInAnother() {
        devTools.send("WebAuthn.removeVirtualAuthenticator", ofAuthenticator());
        return plugIn();
    }

    /** Pulls the key out as soon as it has answered, and puts another in to be registered. */
    KeyUser plugInAnotherForTheSecondStep() {
        page.route("**/inbox/keys/step-up", route -> {
            if (String.valueOf(route.request().postData()).contains("assertion=%7B")) {
                plugInAnother();
            }
            route.resume();
        });
        return this;
    }

    /** Makes a key, and keeps what it says. */
    String make() {
        return (String) page.evaluate(MAKE);
    }

    /** Whether the key recognises its user from now on. */
    void recognised(boolean recognised) {
        JsonObject arguments = ofAuthenticator();
        arguments.addProperty("isUserVerified", recognised);
        devTools.send("WebAuthn.setUserVerified", arguments);
    }

    /** All that is in the key, the private half too. */
    JsonArray secrets() {
        return devTools.send("WebAuthn.getCredentials", ofAuthenticator()).getAsJsonArray("credentials");
    }

    void putIn(JsonObject credential) {
        JsonObject arguments = ofAuthenticator();
        arguments.add("credential", credential);
        devTools.send("WebAuthn.addCredential", arguments);
    }

    /** Through the page, as a person does. */
    KeyUser register(String label) {
        open("/inbox/keys");
        page.getByTestId("label").fill(label);
        page.getByTestId("register").click();
        page.locator("[data-testid=key] b", new Page.LocatorOptions().setHasText(label))
                .waitFor();
        return this;
    }

    Page open(String path) {
        page.navigate(Chromium.ORIGIN + path);
        return page;
    }

    Page page() {
        return page;
    }

    /** The form as it stands on the request's page, to be sent as this verb. */
    Map<String, String> form(ActionRequested request, String verb) {
        String key = open("/inbox/" + request.actionId())
                .locator("form:has([data-testid=approve]) [name=key]")
                .inputValue();
        return Map.of("verb", verb, "digest", request.digest().value(), "key", key, "reason", "Not today.");
    }

    /** What the key answers about this form. */
    String answer(ActionRequested request, Map<String, String> form) {
        return answer(request, form, Map.of());
    }

    /** @param otherwise what to ask the key instead of what the server said */
    String answer(ActionRequested request, Map<String, String> form, Map<String, ?> otherwise) {
        return ask("/inbox/%s/step-up".formatted(request.actionId()), form, otherwise);
    }

    String ask(String path, Map<String, String> form, Map<String, ?> otherwise) {
        return (String) page.evaluate(ASK, List.of(path, form, otherwise));
    }

    /** Hands the form in with what a key answered. */
    Answer handIn(ActionRequested request, Map<String, String> form, String assertion) {
        Map<String, String> fields = new HashMap<>(form);
        fields.put("assertion", assertion);
        return post("/inbox/%s/reviews".formatted(request.actionId()), fields);
    }

    @SuppressWarnings("unchecked")
    Answer post(String path, Map<String, String> fields) {
        var answer = (Map<String, Object>) page.evaluate(POST, List.of(path, fields));
        return new Answer(((Number) answer.get("status")).intValue(), (String) answer.get("body"));
    }

    /** Keeps a picture of the page, which must not be wider than its window. */
    void shoot(String name) {
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth - innerWidth"))
                .as("pixels to scroll sideways in %s", name)
                .isLessThanOrEqualTo(0);
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    void shoot(String name, Locator around) {
        around.scrollIntoViewIfNeeded();
        shoot(name);
    }

    List<String> troubles() {
        return List.copyOf(troubles);
    }

    private JsonObject ofAuthenticator() {
        JsonObject arguments = new JsonObject();
        arguments.addProperty("authenticatorId", authenticator);
        return arguments;
    }

    @Override
    public void close() {
        context.close();
    }
}

package io.obstat.notifier.teams;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.obstat.contracts.browser.InstalledChromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Microsoft's own renderer of Adaptive Cards, set up as Teams has it, in a Chromium without a network whose reader is in Berlin.
 *
 * <p>The JSON schema that comes with its designer is that of version 1.0 and forbids nothing. The renderer has a schema of its own, with
 * the version in which each property came and the values that it takes; that is the one that cards are held against here.
 */
final class OfficialRenderer implements AutoCloseable {

    private static final int BATCH = 50;
    private static final int HEIGHT = 900;

    /** In pixels: a chat on a telephone, where the least fits beside each other, and one on a desk. */
    private static final int NARROW = 380;

    private static final int WIDE = 760;

    private final InstalledChromium chromium;
    private final Page page;
    private final ObjectMapper json = new ObjectMapper();

    private OfficialRenderer(InstalledChromium chromium, Page page) {
        this.chromium = chromium;
        this.page = page;
    }

    static OfficialRenderer start() throws IOException, InterruptedException {
        Path packages = NpmPackages.bring("official");
        Path designer = packages.resolve("adaptivecards-designer");
        InstalledChromium chromium = InstalledChromium.start("the cards for Teams");
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setOffline(true)
                        .setLocale("en-GB")
                        .setTimezoneId("Europe/Berlin")
                        .setDeviceScaleFactor(2));
        Page page = context.newPage();
        page.setContent(
                "<!doctype html><html lang='en'><body style='margin: 16px'><div id='chat' class='teams-card'></div>");
        page.addStyleTag(
                new Page.AddStyleTagOptions().setPath(designer.resolve("dist/containers/teams-container-light.css")));
        page.addScriptTag(
                new Page.AddScriptTagOptions().setPath(packages.resolve("adaptivecards/dist/adaptivecards.js")));
        page.addScriptTag(new Page.AddScriptTagOptions().setContent(script()));
        page.evaluate(
                "settings => { window.official = new Official(JSON.parse(settings)); }",
                Files.readString(designer.resolve("lib/hostConfigs/microsoft-teams-light.json")));
        return new OfficialRenderer(chromium, page);
    }

    private static String script() throws IOException {
        try (InputStream script = OfficialRenderer.class.getResourceAsStream("official/page.js")) {
            if (script == null) {
                throw new IllegalStateException("There is no official/page.js beside this class");
            }
            return new String(script.readAllBytes(), StandardCharsets.UTF_8) + "\nwindow.Official = Official;";
        }
    }

    /** What is seen of each on a telephone, in order. */
    List<SeenCard> see(List<? extends JsonNode> cards) throws JsonProcessingException {
        page.setViewportSize(NARROW, HEIGHT);
        var seen = new ArrayList<SeenCard>();
        for (int from = 0; from < cards.size(); from += BATCH) {
            ArrayNode batch = JsonNodeFactory.instance.arrayNode();
            cards.subList(from, Math.min(cards.size(), from + BATCH)).forEach(batch::add);
            Object answer = page.evaluate(
                    "cards => JSON.stringify(JSON.parse(cards).map(card => official.see(card)))", batch.toString());
            json.readTree((String) answer).forEach(card -> seen.add(new SeenCard(card)));
        }
        return seen;
    }

    /** A picture of the card. */
    void paint(JsonNode card, Path file) {
        page.setViewportSize(WIDE, HEIGHT);
        page.evaluate("card => { official.show(JSON.parse(card)); }", card.toString());
        page.locator("#chat").screenshot(new Locator.ScreenshotOptions().setPath(file));
    }

    @Override
    public void close() {
        chromium.close();
    }
}

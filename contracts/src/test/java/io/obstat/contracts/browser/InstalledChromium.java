package io.obstat.contracts.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's own Chromium. Nothing is downloaded. */
public final class InstalledChromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");
    private static final int PATIENCE_MS = 30_000;

    private final Playwright playwright;
    private final Browser browser;

    private InstalledChromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Skips the test on a machine without a Chromium; fails it in CI, where one has to be.
     *
     * @param tested what is not tested then, such as {@code the inbox}
     * @param arguments of the command line, beside the usual ones
     */
    public static InstalledChromium start(String tested, String... arguments) {
        Optional<Path> found = find();
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError("No %s on the PATH, but CI is set; install Debian's chromium".formatted(NAMES));
        }
        assumeTrue(found.isPresent(), "no %s on the PATH; install one to see %s tested".formatted(NAMES, tested));
        // As long as Playwright waits for anything else; five seconds are too few for a page on a busy machine.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(found.orElseThrow())
                        .setHeadless(true)
                        .setArgs(Stream.concat(ARGUMENTS.stream(), Stream.of(arguments))
                                .toList()));
        return new InstalledChromium(playwright, browser);
    }

    public Browser browser() {
        return browser;
    }

    private static Optional<Path> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}

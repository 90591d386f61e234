package io.obstat.decision.inbox;

import com.microsoft.playwright.Browser;
import io.obstat.contracts.browser.InstalledChromium;
import java.net.URI;

/** A Chromium in which {@code http://localhost} is the service under test whatever its port. */
final class Chromium implements AutoCloseable {

    /** What the tests' configuration calls the origin of security keys. */
    static final String ORIGIN = "http://localhost";

    private final InstalledChromium installed;

    private Chromium(InstalledChromium installed) {
        this.installed = installed;
    }

    /** Skips the test on a machine without a Chromium; fails it in CI, where one has to be. */
    static Chromium start(URI service) {
        // Keys are made for a host by name, and the service listens on a port that nobody knows beforehand.
        return new Chromium(InstalledChromium.start(
                "the inbox and security keys",
                "--host-resolver-rules=MAP localhost:80 127.0.0.1:" + service.getPort()));
    }

    Browser browser() {
        return installed.browser();
    }

    @Override
    public void close() {
        installed.close();
    }
}

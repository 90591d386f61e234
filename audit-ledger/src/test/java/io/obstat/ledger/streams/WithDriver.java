package io.obstat.ledger.streams;

import io.obstat.contracts.ActionId;
import io.obstat.ledger.Samples;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The topology of a ledger that begins, and an action for it. */
abstract class WithDriver {
    static final ActionId ID = Samples.action(1);

    @TempDir
    Path stateDir;

    Driver driver;

    @BeforeEach
    void start() {
        driver = new Driver(stateDir);
    }

    @AfterEach
    void stop() {
        driver.close();
    }
}

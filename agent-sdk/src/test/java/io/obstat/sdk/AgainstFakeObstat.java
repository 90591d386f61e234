package io.obstat.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;

/** A client, and an Obstat that holds it to the contract. */
abstract class AgainstFakeObstat {

    final FakeObstat obstat = new FakeObstat();
    final ObstatClient client = obstat.connection().connect();

    @AfterEach
    void shouldHaveKeptToTheContract() {
        client.close();
        obstat.close();
        assertThat(obstat.violations).isEmpty();
    }
}

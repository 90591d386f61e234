package io.obstat.notifier.quarkus;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Has it looked for what is due again and again, also when nothing says that there is something. */
final class Sweep {

    private static final Logger LOG = Logger.getLogger(Sweep.class);

    private volatile @Nullable Cancellable running;

    /** @param look must neither block nor throw */
    void start(Duration every, Runnable look) {
        running = Multi.createFrom()
                .ticks()
                .every(every)
                .onOverflow()
                .drop()
                .subscribe()
                .with(tick -> look.run(), e -> LOG.error("A sweep ended; restart the notifier", e));
    }

    void stop() {
        Cancellable sweeping = running;
        if (sweeping != null) {
            sweeping.cancel();
        }
    }
}

package io.obstat.policy.quarkus;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jboss.logging.Logger;

/** A stream thread that fails is replaced, for ever: Kafka comes back, and until then nothing is lost and nothing allowed. */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = Logger.getLogger(ThreadReplacement.class);

    private final Duration pause;

    ThreadReplacement(Duration pause) {
        this.pause = pause;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable exception) {
        LOG.errorf(
                exception,
                "ALERT A stream thread failed, so no verdicts are given by it; it is replaced in %s. If this repeats, look at the cause below",
                pause);
        LockSupport.parkNanos(pause.toNanos());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}

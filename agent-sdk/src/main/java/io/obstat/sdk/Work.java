package io.obstat.sdk;

/** What is done once it may be done. It takes the {@link Redeemed} grant, so that it cannot be called without one. */
@FunctionalInterface
public interface Work<T> {

    /** Does exactly {@link Redeemed#action()}. Whatever it throws is reported as a failed run. */
    T run(Redeemed grant) throws Exception;
}

package io.obstat.decision.directory;

import java.time.Instant;
import java.util.List;

/**
 * What SCIM provisioned, as it is stored.
 *
 * @param id by which the directory knows it
 * @param content what it is
 * @param created when it came
 * @param changed when it last became something else
 */
public record Provisioned<C>(String id, C content, Instant created, Instant changed) {

    /**
     * Some of many, the oldest first.
     *
     * @param total how many there are
     */
    public record Page<C>(List<Provisioned<C>> some, long total) {

        public Page {
            some = List.copyOf(some);
        }
    }
}

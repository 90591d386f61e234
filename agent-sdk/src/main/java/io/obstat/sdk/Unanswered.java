package io.obstat.sdk;

import io.obstat.contracts.GrantId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Grants that were presented and of which nobody knows whether they were taken up. To present one again could be its second use, which goes on record as
 * misuse. Thread safe; keeps the last 1,000 and forgets at exit.
 */
final class Unanswered {

    private static final int MOST = 1_000;

    private final Map<GrantId, Boolean> grants = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<GrantId, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized void remember(GrantId grant) {
        grants.put(grant, true);
    }

    synchronized boolean contains(GrantId grant) {
        return grants.containsKey(grant);
    }
}

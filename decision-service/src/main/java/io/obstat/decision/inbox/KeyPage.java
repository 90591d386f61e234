package io.obstat.decision.inbox;

import io.obstat.contracts.visible.VisibleText;
import io.obstat.decision.webauthn.KeyRing;
import io.obstat.decision.webauthn.SecurityKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's security keys, as they see them.
 *
 * @param keys oldest first
 */
public record KeyPage(List<Line> keys) {

    /**
     * One key.
     *
     * @param id its credential id
     * @param name what they called it
     * @param synced whether copies of it may be on the person's other devices
     * @param used when it was last used; {@code null} until it was
     */
    public record Line(
            String id,
            VisibleText name,
            boolean synced,
            Moment registered,
            @Nullable Moment used) {

        static Line of(SecurityKey key) {
            @Nullable Instant lastUsedAt = key.lastUsedAt();
            return new Line(
                    key.credentialId(),
                    VisibleText.of(key.label()),
                    key.synced(),
                    Moment.of(key.createdAt()),
                    lastUsedAt == null ? null : Moment.of(lastUsedAt));
        }
    }

    public KeyPage {
        keys = List.copyOf(keys);
    }

    static KeyPage of(List<SecurityKey> keys) {
        return new KeyPage(keys.stream().map(Line::of).toList());
    }

    /** Whether another key can be registered. */
    public boolean room() {
        return keys.size() < KeyRing.MOST;
    }

    public int longestName() {
        return SecurityKey.LONGEST_LABEL;
    }
}

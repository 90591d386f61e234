package io.obstat.notifier.webhook;

import io.obstat.contracts.json.Json;
import io.obstat.notifier.Notice;
import java.time.Instant;

/**
 * What a receiver gets. SPEC: Standard Webhooks, "Payload structure".
 *
 * @param type the kind of notice
 * @param timestamp when it happened, not when it was sent
 * @param data the notice
 */
record WebhookBody(String type, Instant timestamp, Notice data) {

    static byte[] of(Notice notice) {
        return Json.write(
                new WebhookBody(notice.kind().wireName(), notice.subject().at(), notice));
    }
}

package io.obstat.notifier.email;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.obstat.contracts.json.CanonicalJson;
import io.obstat.notifier.DeliveryId;
import java.util.Set;

/**
 * A mail as it is sent.
 *
 * @param to one address
 * @param messageId the same whenever the same deliveries are told, so that a mail program shows a repeat once
 */
record DigestMail(String to, String messageId, String subject, String text, String html) {

    /** The id of the mail to this address that tells these deliveries. */
    static String messageId(String to, Set<DeliveryId> covers, EmailAddress sender) {
        ArrayNode told = JsonNodeFactory.instance.arrayNode().add(to);
        covers.stream().map(DeliveryId::value).sorted().forEach(told::add);
        return "<digest.%s@%s>".formatted(CanonicalJson.sha256(told).substring("sha256:".length()), sender.domain());
    }
}

package io.obstat.local.chat.teams;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.local.chat.http.Reply;

/** A refusal of the Bot Connector. */
final class ConnectorError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    ConnectorError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static ConnectorError noConversation() {
        return new ConnectorError(404, "ConversationNotFound", "Conversation not found.");
    }

    static ConnectorError noActivity() {
        return new ConnectorError(
                404, "ActivityNotFoundInConversation", "The activity was not found in the conversation.");
    }

    static ConnectorError badSyntax(String message) {
        return new ConnectorError(400, "BadSyntax", message);
    }

    Reply reply() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("error").put("code", code).put("message", getMessage());
        return Reply.json(status, body);
    }
}

package io.obstat.decision.scim;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Quoted;
import io.obstat.decision.directory.Provisioned;
import io.obstat.decision.quarkus.DecisionConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/** Resources and lists of them as they are answered. */
@ApplicationScoped
class Answers {

    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";

    private final String base;

    Answers(DecisionConfig config) {
        base = config.issuer().toString().replaceAll("/+$", "") + "/scim/v2";
    }

    ObjectNode resource(ObjectNode tree, String schema, String type, Provisioned<?> provisioned) {
        return Resources.answer(tree, schema, type, provisioned, base);
    }

    String base() {
        return base;
    }

    /** SPEC: RFC 7644 §3.4.2. */
    <C> Response list(Query query, Provisioned.Page<C> page, Function<Provisioned<C>, ObjectNode> tree) {
        ArrayNode resources = JsonNodeFactory.instance.arrayNode();
        page.some().stream().map(tree).forEach(resources::add);
        return list(resources, page.total(), query.first() + 1);
    }

    static Response list(ArrayNode resources, long total, int startIndex) {
        ObjectNode list = JsonNodeFactory.instance.objectNode();
        list.putArray("schemas").add(LIST);
        list.put("totalResults", total).put("startIndex", startIndex).put("itemsPerPage", resources.size());
        list.set("Resources", resources);
        return ScimDoor.ok(list);
    }

    static ScimFault unknown(String kind, String id) {
        return new ScimFault(404, null, "There is no %s %s".formatted(kind, Quoted.of(id)));
    }
}

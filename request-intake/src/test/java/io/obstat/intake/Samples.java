package io.obstat.intake;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.obstat.contracts.Action;
import io.obstat.contracts.ActionId;
import io.obstat.contracts.ActionType;
import io.obstat.contracts.AgentId;
import io.obstat.contracts.Claimed;
import io.obstat.contracts.Grant;
import io.obstat.contracts.GrantId;
import io.obstat.contracts.Outcome;
import io.obstat.contracts.Parameters;
import io.obstat.contracts.Person;
import io.obstat.contracts.Verified;
import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.Decision;
import io.obstat.intake.yaml.AgentsFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Things to test with. */
public final class Samples {

    public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    public static final String TRACEPARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    public static final AgentId ETL = new AgentId("etl-agent");
    public static final Person OWNER = new Person("owner", "owner@example.com");
    public static final Verified VERIFIED =
            new Verified(ETL, OWNER, null, Verified.Method.OIDC, "https://issuer.example");

    private Samples() {}

    public static AgentRegistry registry() {
        return AgentsFile.read(Path.of("src/test/resources/agents.yaml"));
    }

    /** A request in order; change it to taste. */
    public static ObjectNode requestJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "data.export");
        json.put("resource", "postgres://prod/customers");
        json.put("environment", "production");
        json.putObject("parameters")
                .put("format", "csv")
                .put("where", "country = 'DE'")
                .put("rows", 48210);
        json.put("intent", "quarterly churn analysis");
        return json;
    }

    public static ActionRequestBody body(String where) {
        return body(where, null);
    }

    public static ActionRequestBody body(String where, @Nullable Instant deadline) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode().put("where", where);
        return new ActionRequestBody(
                new Action(
                        new ActionType("data.export"),
                        "postgres://prod/customers",
                        "production",
                        Parameters.of(parameters)),
                new Claimed("quarterly churn analysis", null, null, List.of(), null),
                deadline);
    }

    /** What decision-service would say. */
    public static Decision decision(ActionRequested request, Outcome outcome) {
        Grant grant = outcome == Outcome.ALLOWED
                ? new Grant(GrantId.of(request.actionId()), "header.claims.signature", NOW.plusSeconds(900))
                : null;
        return new Decision(
                request.actionId(),
                request.digest(),
                request.verified().agent(),
                outcome,
                Decision.DecidedBy.POLICY,
                false,
                "Because the test says so.",
                null,
                null,
                List.of(),
                null,
                outcome == Outcome.SUPERSEDED
                        ? ActionId.derive(request.verified().agent(), "the other job")
                        : null,
                "sha256:policy",
                NOW,
                grant,
                "header.claims.signature");
    }
}

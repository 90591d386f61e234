package io.obstat.local;

import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The five services, as their production artifacts, told where everything is by environment variables. */
final class Services {

    /** In the order in which an action flows through them. */
    static final List<String> NAMES =
            List.of("request-intake", "policy-engine", "notifier", "decision-service", "audit-ledger");

    private static final int MEGABYTES = 256;

    private final Path checkout;
    private final Home home;
    private final Ports ports;
    private final Infrastructure infrastructure;

    Services(Path checkout, Home home, Ports ports, Infrastructure infrastructure) {
        this.checkout = checkout;
        this.home = home;
        this.ports = ports;
        this.infrastructure = infrastructure;
    }

    List<Part.Spec> prepare() {
        Keys.loadOrMake(home.key("decision-signing.jwk"), "decision-1");
        renderAgents();
        return NAMES.stream().map(this::service).toList();
    }

    private Part.Spec service(String name) {
        Path jar = checkout.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException("%s is not built: %s is missing. Run ./obstat build".formatted(name, jar));
        }
        int port = ports.of(name);
        return new Part.Spec(
                name,
                Programs.jar(jar, MEGABYTES),
                environment(name, port),
                port,
                url(port),
                () -> Http.isOk(url(port) + "/q/health/ready"));
    }

    static String url(int port) {
        return "http://localhost:" + port;
    }

    private Map<String, String> environment(String name, int port) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("KAFKA_BOOTSTRAP_SERVERS", infrastructure.bootstrapServers());
        environment.put("QUARKUS_OIDC_AUTH_SERVER_URL", Issuer.url(ports.issuer()));
        if (!name.equals("policy-engine")) {
            environment.put("QUARKUS_DATASOURCE_JDBC_URL", infrastructure.jdbcUrl());
            environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", infrastructure.jdbcUrl().substring("jdbc:".length()));
            environment.put("QUARKUS_DATASOURCE_USERNAME", infrastructure.user());
            environment.put("QUARKUS_DATASOURCE_PASSWORD", infrastructure.password());
        }
        Path config = checkout.resolve("deploy/local/config");
        switch (name) {
            case "request-intake" -> {
                environment.put("OBSTAT_INTAKE_AGENTS_FILE", home.config("agents.yaml").toString());
                environment.put("OBSTAT_INTAKE_DECISIONS_URL", url(ports.decisionService()));
            }
            case "policy-engine" -> {
                environment.put("OBSTAT_POLICY_FILE", config.resolve("policy.yaml").toString());
                environment.put("OBSTAT_POLICY_STATE_DIR", home.data("policy-engine").toString());
            }
            case "notifier" -> {
                environment.put("OBSTAT_NOTIFIER_CHANNELS_FILE", config.resolve("channels.yaml").toString());
                environment.put("OBSTAT_NOTIFIER_INBOX_URL", url(ports.decisionService()) + "/inbox");
            }
            case "decision-service" -> {
                environment.put("OBSTAT_DECISION_SIGNING_KEY_FILE", home.key("decision-signing.jwk").toString());
                environment.put("OBSTAT_DECISION_ISSUER", url(ports.decisionService()));
            }
            case "audit-ledger" -> environment.put("OBSTAT_LEDGER_STATE_DIR", home.data("audit-ledger").toString());
            default -> throw new IllegalArgumentException("No service is called " + name);
        }
        return environment;
    }

    /** The registry with the public half of the pipeline's key, so that the Kafka door works from the start. */
    private void renderAgents() {
        OctetKeyPair pipeline = Keys.loadOrMake(home.key("nightly-pipeline.jwk"), "nightly-pipeline-1");
        Path template = checkout.resolve("deploy/local/config/agents.yaml");
        try {
            Files.writeString(
                    home.config("agents.yaml"),
                    Files.readString(template)
                            .replace("${NIGHTLY_PIPELINE_KEY}", pipeline.toPublicJWK().toJSONString()));
        } catch (IOException e) {
            throw new UncheckedIOException("Could not render " + template, e);
        }
    }
}

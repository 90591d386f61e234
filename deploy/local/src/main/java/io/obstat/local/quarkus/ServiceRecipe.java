package io.obstat.local.quarkus;

import io.obstat.local.Directories;
import io.obstat.local.Endpoints;
import io.obstat.local.Infrastructure;
import io.obstat.local.PartName;
import io.obstat.local.Recipe;
import io.obstat.local.StackException;
import io.obstat.local.StackFiles;
import io.obstat.local.VirtualMachines;
import io.obstat.local.keys.AgentRegistryFile;
import io.obstat.local.keys.LocalKeys;
import io.obstat.local.process.Java;
import io.obstat.local.process.Launch;
import io.obstat.local.process.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A service as a part: the artifact that production runs, configured by its environment alone.
 *
 * @param name which service
 * @param directories the build and the home
 * @param endpoints how it reaches the others
 * @param machines how its virtual machine runs
 * @param extra variables beyond the usual ones, which they replace
 */
public record ServiceRecipe(
        PartName name,
        Directories directories,
        Endpoints endpoints,
        VirtualMachines machines,
        Map<String, String> extra)
        implements Recipe {

    private static final int HEAP_MB = 256;

    @Override
    public int port() {
        return endpoints.ports().of(name);
    }

    @Override
    public String address() {
        return endpoints.url(name);
    }

    @Override
    public Launch prepare() {
        Path jar = directories.root().resolve(name.label()).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new StackException.Missing("%s is not there. Build first: ./obstat build".formatted(jar));
        }
        List<Path> learnedFrom = List.of(jar, jar.resolveSibling("quarkus-app-dependencies.txt"));
        List<String> command = Java.command(HEAP_MB, machines.flags(name, learnedFrom));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-jar");
        command.add(jar.toString());
        return new Launch(command, environment(), directories.home());
    }

    @Override
    public boolean isReady() {
        return Probe.isOk(address() + "/q/health/ready");
    }

    private Map<String, String> environment() {
        Infrastructure.Database.Given database = endpoints.database();
        Map<String, String> variables = new TreeMap<>();
        variables.put("QUARKUS_HTTP_PORT", String.valueOf(port()));
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("KAFKA_BOOTSTRAP_SERVERS", endpoints.bootstrapServers());
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", endpoints.jdbcUrl());
        variables.put("QUARKUS_DATASOURCE_REACTIVE_URL", endpoints.reactiveUrl());
        variables.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        variables.put("QUARKUS_DATASOURCE_PASSWORD", database.password());
        variables.put("QUARKUS_OIDC_AUTH_SERVER_URL", endpoints.issuer());
        variables.putAll(ownVariables());
        variables.putAll(extra);
        return variables;
    }

    private Map<String, String> ownVariables() {
        LocalKeys keys = new LocalKeys(directories.keys());
        return switch (name) {
            case REQUEST_INTAKE ->
                Map.of(
                        "OBSTAT_INTAKE_AGENTS_FILE", agentsFile(keys).toString(),
                        "OBSTAT_INTAKE_DECISION_SERVICE_URL", endpoints.url(PartName.DECISION_SERVICE),
                        "OBSTAT_INTAKE_PUBLIC_URL", endpoints.url(PartName.REQUEST_INTAKE));
            case POLICY_ENGINE ->
                Map.of(
                        "OBSTAT_POLICY_FILE", directories.shipped("policy.yaml").toString(),
                        "OBSTAT_POLICY_STATE_DIR", directories.state(name).toString());
            case NOTIFIER ->
                Map.of(
                        "OBSTAT_NOTIFIER_CHANNELS_FILE",
                                directories.shipped("channels.yaml").toString(),
                        "OBSTAT_NOTIFIER_INBOX_URL", endpoints.inbox(),
                        "OBSTAT_NOTIFIER_DIRECTORY_URL", endpoints.url(PartName.DECISION_SERVICE),
                        // The local issuer checks no secrets.
                        "OBSTAT_NOTIFIER_DIRECTORY_CLIENT_SECRET", "local");
            case DECISION_SERVICE ->
                Map.of(
                        "OBSTAT_DECISION_SIGNING_KEY_FILE",
                                keys.decisionSigning().toString(),
                        "OBSTAT_DECISION_ISSUER", address(),
                        "OBSTAT_DECISION_DIRECTORY_FILE",
                                directories.shipped("directory.yaml").toString());
            case AUDIT_LEDGER ->
                Map.of("OBSTAT_LEDGER_STATE_DIR", directories.state(name).toString());
            case BROKER, POSTGRES, ISSUER, FAKE_CHAT -> throw new IllegalArgumentException(name + " is no service");
        };
    }

    private Path agentsFile(LocalKeys keys) {
        Path rendered = directories.config().resolve("agents.yaml");
        Path shipped = directories.shipped("agents.yaml");
        try {
            StackFiles.write(rendered, AgentRegistryFile.render(Files.readString(shipped), keys.pipelinePublic()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + shipped, e);
        }
        return rendered;
    }
}

package io.obstat.local.issuer;

import io.obstat.local.Directories;
import io.obstat.local.Endpoints;
import io.obstat.local.Launcher;
import io.obstat.local.PartName;
import io.obstat.local.Recipe;
import io.obstat.local.StackFiles;
import io.obstat.local.VirtualMachines;
import io.obstat.local.keys.LocalKeys;
import io.obstat.local.process.Java;
import io.obstat.local.process.Launch;
import io.obstat.local.process.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The issuer as a part. Its key stays, so its tokens are good after a restart. */
public record IssuerRecipe(Directories directories, Endpoints endpoints, VirtualMachines machines) implements Recipe {

    private static final int HEAP_MB = 96;
    private static final String MAIN = "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt";

    @Override
    public PartName name() {
        return PartName.ISSUER;
    }

    @Override
    public int port() {
        return endpoints.ports().of(name());
    }

    @Override
    public String address() {
        return endpoints.issuer();
    }

    @Override
    public Launch prepare() {
        Path page = directories.config().resolve("sign-in.html");
        Path settings = directories.config().resolve("issuer.json");
        StackFiles.write(page, LoginPage.render(Person.all()));
        String key = new LocalKeys(directories.keys()).issuer();
        StackFiles.writeSecret(settings, new IssuerSettings(Person.all(), page, key).render());
        List<Path> classPath = Launcher.classPath(directories);
        List<String> command = Java.command(HEAP_MB, machines.flags(name(), classPath));
        command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
        command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS");
        command.add("-cp");
        command.add(Launcher.joined(classPath));
        command.add(MAIN);
        return new Launch(
                command,
                Map.of(
                        "SERVER_HOSTNAME", "127.0.0.1",
                        "SERVER_PORT", String.valueOf(port()),
                        "JSON_CONFIG_PATH", settings.toString()),
                directories.home());
    }

    @Override
    public boolean isReady() {
        return Probe.isOk(endpoints.url(name()) + "/isalive");
    }
}

package io.obstat.local.chat;

import io.obstat.local.Directories;
import io.obstat.local.Endpoints;
import io.obstat.local.Launcher;
import io.obstat.local.PartName;
import io.obstat.local.Recipe;
import io.obstat.local.VirtualMachines;
import io.obstat.local.process.Java;
import io.obstat.local.process.Launch;
import io.obstat.local.process.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fake chats and their mailbox as a part. What is said in them is gone when they end. */
public record FakeChatRecipe(Directories directories, Endpoints endpoints, VirtualMachines machines) implements Recipe {

    private static final int HEAP_MB = 96;

    @Override
    public PartName name() {
        return PartName.FAKE_CHAT;
    }

    @Override
    public int port() {
        return endpoints.ports().of(name());
    }

    @Override
    public List<Integer> ports() {
        return List.of(port(), endpoints.ports().mail());
    }

    @Override
    public String address() {
        return endpoints.url(name());
    }

    @Override
    public Launch prepare() {
        List<Path> classPath = Launcher.classPath(directories);
        List<String> command = Java.command(HEAP_MB, machines.flags(name(), classPath));
        // Netty is as content without, and the virtual machine need not warn of it.
        command.add("-Dio.netty.noUnsafe=true");
        command.add("-cp");
        command.add(Launcher.joined(classPath));
        command.add(FakeChatMain.class.getName());
        return new Launch(command, environment(directories, endpoints), directories.home());
    }

    private static Map<String, String> environment(Directories directories, Endpoints endpoints) {
        Map<String, String> environment = new TreeMap<>(new ChatSecrets(directories.keys()).environment());
        environment.put(FakeChatMain.PORT, String.valueOf(endpoints.ports().of(PartName.FAKE_CHAT)));
        environment.put(FakeChatMain.MAIL_PORT, String.valueOf(endpoints.ports().mail()));
        environment.put(FakeChatMain.NOTIFIER_URL, endpoints.url(PartName.NOTIFIER));
        return environment;
    }

    /** For chats in the caller's own process, instead of this part: the same, but that there are no rates. */
    public static FakeChatSettings settings(Directories directories, Endpoints endpoints) {
        return FakeChatMain.settings(environment(directories, endpoints)).withoutRateLimits();
    }

    @Override
    public boolean isReady() {
        return Probe.isOk(address() + "/");
    }

    /** What the notifier is to be told so that it talks to these chats. */
    public static Map<String, String> notifierEnvironment(Directories directories, Endpoints endpoints) {
        String url = endpoints.url(PartName.FAKE_CHAT);
        Map<String, String> environment = new TreeMap<>(new ChatSecrets(directories.keys()).environment());
        environment.put(
                "OBSTAT_NOTIFIER_CHANNELS_FILE",
                directories.shipped("channels-fake-chat.yaml").toString());
        environment.put("OBSTAT_NOTIFIER_SLACK_API_URL", url + "/slack/api/");
        environment.put(
                "OBSTAT_NOTIFIER_TEAMS_TOKEN_URL",
                "%s/login/%s/oauth2/v2.0/token".formatted(url, TeamsSettings.TENANT));
        environment.put(
                "OBSTAT_NOTIFIER_TEAMS_OPENID_METADATA_URL", url + "/botframework/v1/.well-known/openidconfiguration");
        environment.put("OBSTAT_NOTIFIER_TEAMS_SERVICE_URL", url + "/teams/");
        environment.put("QUARKUS_MAILER_HOST", "localhost");
        environment.put("QUARKUS_MAILER_PORT", String.valueOf(endpoints.ports().mail()));
        // On the loopback interface, and the mailbox has no certificate.
        environment.put("QUARKUS_MAILER_START_TLS", "DISABLED");
        return environment;
    }
}

package io.obstat.local.broker;

import io.obstat.local.Directories;
import io.obstat.local.Launcher;
import io.obstat.local.PartName;
import io.obstat.local.Ports;
import io.obstat.local.Recipe;
import io.obstat.local.StackFiles;
import io.obstat.local.VirtualMachines;
import io.obstat.local.process.Java;
import io.obstat.local.process.Launch;
import io.obstat.local.process.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The broker as a part. It is complete when it has its topics. */
public record BrokerRecipe(Directories directories, Ports stackPorts, VirtualMachines machines) implements Recipe {

    private static final int HEAP_MB = 512;

    @Override
    public PartName name() {
        return PartName.BROKER;
    }

    @Override
    public int port() {
        return stackPorts.of(name());
    }

    @Override
    public List<Integer> ports() {
        return List.of(port(), stackPorts.controller());
    }

    @Override
    public String address() {
        return "localhost:" + port();
    }

    @Override
    public Launch prepare() {
        Path data = directories.data(name());
        Path properties = directories.config().resolve("broker.properties");
        StackFiles.write(properties, new BrokerSettings(port(), stackPorts.controller(), data).render());
        List<Path> classPath = Launcher.classPath(directories);
        List<String> command = Java.command(HEAP_MB, machines.flags(name(), classPath));
        command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
        command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS");
        command.add("-Dorg.slf4j.simpleLogger.showShortLogName=true");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
        command.add("-Dorg.slf4j.simpleLogger.log.kafka.server=info");
        command.add("-cp");
        command.add(Launcher.joined(classPath));
        command.add(BrokerMain.class.getName());
        command.add(properties.toString());
        command.add(data.toString());
        return new Launch(command, Map.of(), directories.home());
    }

    @Override
    public boolean isReady() {
        return Probe.connects(port());
    }

    @Override
    public void complete() {
        BrokerTopics.create(address());
    }
}

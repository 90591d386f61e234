package io.obstat.local;

import io.obstat.local.VirtualMachines.Aim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts and stops all parts once, at the end of a build, so that each virtual machine learns its classes. Part of the Maven build. */
public final class Learning {

    private Learning() {}

    /** @param arguments the root of the checkout */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments[0]);
        Path home = Files.createTempDirectory("obstat-learning-");
        StackSpec spec = StackSpec.isolated(root, home).only(PartName.all());
        VirtualMachines learners = spec.machines().with(Aim.LEARN);
        try {
            learners.forget();
            try (LocalStack stack = LocalStack.of(spec.with(learners))) {
                stack.start(Progress.SILENT);
            }
            learners.keep();
        } catch (StackException e) {
            // The build is good without: what does not start here is for the tests, or for 'up', to tell.
            System.err.println("No class caches, so starts will be slow: " + e.getMessage());
        } finally {
            StackFiles.deleteAll(home);
        }
    }
}

package io.obstat.local;

import io.obstat.local.VirtualMachines.Aim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts and stops all parts once, so that each virtual machine learns its classes. The last step of {@code ./obstat build}. */
public final class Learning {

    private Learning() {}

    /**
     * @param arguments the root of the checkout
     * @throws StackException when a part does not start, as then nothing is learned; what was built is good without
     */
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
        } finally {
            StackFiles.deleteAll(home);
        }
    }
}

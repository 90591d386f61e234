package io.obstat.notifier.yaml;

import io.obstat.contracts.InvalidFieldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where a secret is kept; never the secret itself.
 *
 * @param env an environment variable that holds it; this or {@code file}
 * @param file a file that holds it, relative to the one that names it
 */
public record Secret(@Nullable String env, @Nullable String file) {

    public Secret {
        if ((env == null) == (file == null)) {
            throw new InvalidFieldException(
                    "env", "or file must be given, and not both; name where the secret is kept");
        }
    }

    /**
     * The secret itself.
     *
     * @param field that names it, for messages
     * @param directory what {@code file} is relative to
     * @param environment looks an environment variable up
     * @throws InvalidFieldException when there is none
     */
    public String resolve(String field, Path directory, Function<String, @Nullable String> environment) {
        String value = env != null ? environment.apply(env) : read(field, directory.resolve(String.valueOf(file)));
        if (value == null || value.isBlank()) {
            throw new InvalidFieldException(
                    field,
                    env != null
                            ? "names the variable %s, which is not set; put the secret there".formatted(env)
                            : "names %s, which is empty; put the secret there".formatted(file));
        }
        return value.strip();
    }

    private static String read(String field, Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new InvalidFieldException(
                    field, "names %s, which cannot be read; put the secret there".formatted(path));
        }
    }
}

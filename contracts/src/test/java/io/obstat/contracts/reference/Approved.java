package io.obstat.contracts.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.obstat.contracts.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file under version control that generated text must equal. {@code ./mvnw -f contracts/pom.xml test -Dobstat.update=true} rewrites the files;
 * the diff is then what a reviewer approves.
 */
public final class Approved {

    private static final boolean UPDATE = Boolean.getBoolean("obstat.update");

    private final Path file;

    private Approved(Path file) {
        this.file = file;
    }

    public static Approved text(Path file) {
        return new Approved(file);
    }

    public static Approved json(Path file) {
        return new Approved(file);
    }

    public void holds(JsonNode generated) {
        try {
            holds(Json.events().writerWithDefaultPrettyPrinter().writeValueAsString(generated) + "\n");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public void holds(String generated) {
        try {
            if (UPDATE) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, generated);
            }
            assertThat(file)
                    .as("approved file; rewrite it with -Dobstat.update=true")
                    .exists();
            assertThat(generated)
                    .as("%s; rewrite it with -Dobstat.update=true and review the diff", file)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JsonNode read() {
        try {
            return Json.readStrict(Files.readAllBytes(file), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

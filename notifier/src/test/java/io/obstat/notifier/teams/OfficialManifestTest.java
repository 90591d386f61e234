package io.obstat.notifier.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The app manifest for Teams, and Microsoft's own schema of the version that it declares. */
class OfficialManifestTest {

    private static final Path MANIFEST = Path.of("../deploy/teams/manifest.json");

    @Test
    void shouldBeAManifestByTheSchemaOfItsVersion() throws Exception {
        // Given
        Schema schema = schema();
        String manifest = Files.readString(MANIFEST);

        // When, Then
        assertThat(schema.validate(manifest, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(manifest.replace("\"groupChat\"", "\"groupchat\""), InputFormat.JSON))
                .as("the schema sees what is wrong")
                .isNotEmpty();
    }

    private static Schema schema() throws IOException, InterruptedException {
        Path file = NpmPackages.bring("official")
                .resolve("@microsoft/app-manifest/build/json-schemas/teams/v1.17/MicrosoftTeams.schema.json");
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                .getSchema(Files.readString(file), InputFormat.JSON);
    }
}

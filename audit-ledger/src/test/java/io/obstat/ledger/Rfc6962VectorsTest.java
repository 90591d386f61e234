package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The proof cases of transparency-dev/merkle: they hold the reference code of these tests, and our node hash, to what others compute. */
class Rfc6962VectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] NO_HASH = {'n', 'o', ' ', 'h', 'a', 's', 'h'};

    @TestFactory
    Stream<DynamicTest> shouldJudgeInclusionProofsAsTheVectorsDo() throws IOException {
        return cases("inclusion")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    // Given
                    JsonNode vector = JSON.readTree(file.toFile());
                    Hash leaf = hash(vector.path("leafHash"));
                    Hash root = hash(vector.path("root"));
                    List<Hash> proof = proof(vector);

                    // When
                    boolean accepted = isHash(vector.path("leafHash"))
                            && ReferenceProofs.included(
                                    vector.path("leafIdx").asLong(),
                                    vector.path("treeSize").asLong(),
                                    leaf,
                                    proof,
                                    root);

                    // Then
                    assertThat(accepted)
                            .as(vector.path("desc").asText())
                            .isEqualTo(!vector.path("wantErr").asBoolean());
                }));
    }

    @TestFactory
    Stream<DynamicTest> shouldJudgeConsistencyProofsAsTheVectorsDo() throws IOException {
        return cases("consistency")
                .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                    // Given
                    JsonNode vector = JSON.readTree(file.toFile());
                    Hash first = hash(vector.path("root1"));
                    Hash second = hash(vector.path("root2"));
                    List<Hash> proof = proof(vector);

                    // When
                    boolean accepted = ReferenceProofs.consistent(
                            vector.path("size1").asLong(), vector.path("size2").asLong(), first, second, proof);

                    // Then
                    assertThat(accepted)
                            .as(vector.path("desc").asText())
                            .isEqualTo(!vector.path("wantErr").asBoolean());
                }));
    }

    private static Stream<Path> cases(String kind) throws IOException {
        Path directory = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."))
                .resolve("../shared/vectors/rfc6962")
                .resolve(kind)
                .normalize();
        assumeTrue(Files.isDirectory(directory), "Skipped: there are no vectors at " + directory);
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> cases = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(cases).isNotEmpty();
            return cases.stream();
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getParent()).getFileName() + "/" + file.getFileName();
    }

    private static List<Hash> proof(JsonNode vector) {
        var proof = new ArrayList<Hash>();
        vector.path("proof").forEach(element -> proof.add(hash(element)));
        return proof;
    }

    private static boolean isHash(JsonNode node) {
        return Base64.getDecoder().decode(node.asText("")).length == Hash.LENGTH;
    }

    /** What is no hash (some cases say "don't care" in place of one) stands for itself, and equals nothing that is one. */
    private static Hash hash(JsonNode node) {
        byte[] bytes = Base64.getDecoder().decode(node.asText(""));
        return bytes.length == Hash.LENGTH ? Hash.of(bytes) : Hash.sha256(NO_HASH, bytes);
    }
}

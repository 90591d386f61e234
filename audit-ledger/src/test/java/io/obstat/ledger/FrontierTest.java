package io.obstat.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrontierTest {
    /** The leaves of the Certificate Transparency reference tests. */
    private static final List<String> CT_LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    /** The roots of the first 0 to 8 of them. */
    private static final List<String> CT_ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void shouldGiveTheRootsOfTheCertificateTransparencyReference() {
        // Given
        Frontier frontier = Frontier.EMPTY;
        var roots = new ArrayList<String>();
        roots.add(hex(frontier.root()));

        // When
        for (String leaf : CT_LEAVES) {
            frontier = frontier.append(MerkleHashes.ofLeaf(HexFormat.of().parseHex(leaf)));
            roots.add(hex(frontier.root()));
        }

        // Then
        assertThat(roots).isEqualTo(CT_ROOTS);
    }

    @Test
    void shouldAgreeWithTheRecursionOfTheRfcForEverySizeUpTo300() {
        // Given
        var random = new Random(6962);
        var leaves = new ArrayList<byte[]>();
        Frontier frontier = Frontier.EMPTY;

        for (int size = 0; size <= 300; size++) {
            // Then
            assertThat(frontier.size()).isEqualTo(size);
            assertThat(frontier.root()).as("root of %d leaves", size).isEqualTo(ReferenceTree.root(leaves));

            // When
            byte[] leaf = new byte[random.nextInt(40)];
            random.nextBytes(leaf);
            leaves.add(leaf);
            frontier = frontier.append(MerkleHashes.ofLeaf(leaf));
        }
    }

    @Test
    void shouldAgreeWithTheRecursionForRandomTreesThatWereStoredInBetween() {
        for (int seed = 0; seed < 40; seed++) {
            // Given
            var random = new Random(seed);
            var leaves = new ArrayList<byte[]>();
            Frontier frontier = Frontier.EMPTY;

            // When
            for (int i = random.nextInt(1_500); i > 0; i--) {
                byte[] leaf = new byte[random.nextInt(8)];
                random.nextBytes(leaf);
                leaves.add(leaf);
                frontier = frontier.append(MerkleHashes.ofLeaf(leaf));
                if (random.nextInt(10) == 0) {
                    frontier = Frontier.ofBytes(frontier.toBytes());
                }
            }

            // Then
            assertThat(frontier.root()).as("seed %d", seed).isEqualTo(ReferenceTree.root(leaves));
        }
    }

    @Test
    void shouldGiveARootForWhichEveryLeafHasAProof() {
        // Given
        var leaves = new ArrayList<byte[]>();
        Frontier frontier = Frontier.EMPTY;
        for (int size = 1; size <= 70; size++) {
            byte[] leaf = ("leaf " + size).getBytes(java.nio.charset.StandardCharsets.UTF_8);
            leaves.add(leaf);
            frontier = frontier.append(MerkleHashes.ofLeaf(leaf));
            for (int index = 0; index < size; index++) {
                // When
                List<Hash> proof = ReferenceTree.path(index, leaves);
                Hash leafHash = MerkleHashes.ofLeaf(leaves.get(index));

                // Then
                assertThat(ReferenceProofs.included(index, size, leafHash, proof, frontier.root()))
                        .as("leaf %d of %d", index, size)
                        .isTrue();
                assertThat(ReferenceProofs.included(
                                index, size, MerkleHashes.ofLeaf("another"), proof, frontier.root()))
                        .isFalse();
            }
        }
    }

    @Test
    void shouldKeepLeavesAndNodesApart() {
        // Given
        Hash left = MerkleHashes.ofLeaf("a");
        Hash right = MerkleHashes.ofLeaf("b");
        byte[] both = new byte[2 * Hash.LENGTH];
        System.arraycopy(left.bytes(), 0, both, 0, Hash.LENGTH);
        System.arraycopy(right.bytes(), 0, both, Hash.LENGTH, Hash.LENGTH);

        // When
        Hash node = MerkleHashes.ofNode(left, right);

        // Then
        assertThat(MerkleHashes.ofLeaf(both)).isNotEqualTo(node);
    }

    @Test
    void shouldRefuseBytesThatAreNoFrontier() {
        // Given
        byte[] good = Frontier.EMPTY.append(MerkleHashes.ofLeaf("a")).toBytes();
        byte[] wrongSize = good.clone();
        wrongSize[7] = 3;

        // When, Then
        assertThatThrownBy(() -> Frontier.ofBytes(new byte[5])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Frontier.ofBytes(wrongSize)).hasMessageContaining("3 leaves has 2 peaks, got 1");
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }
}

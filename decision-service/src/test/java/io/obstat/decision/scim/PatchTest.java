package io.obstat.decision.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.decision.directory.Groups.Group;
import io.obstat.decision.directory.Users.User;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A patch changes what it says, or is refused: never is it answered as done when nothing that counts has changed. */
class PatchTest {

    private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";
    private static final String ONE = TENANT + "/0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef";
    private static final String OTHER = TENANT + "/1b21f0f2-8d2a-4f8e-bf98-7363c4aed4ef";

    private static final String ANN = """
            {"userName": "ann", "name": {"givenName": "A", "familyName": "B"}, "emails": [{"value": "a@x", "type": "work"}],
             "urn:obstat:scim:schemas:1.0:User": {"oidc": ["ann"], "slack": "T1/U1", "entra": ["%s"]}}""".formatted(ONE);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op": "Replace", "path": "urn:ietf:params:scim:schemas:core:2.0:User:active", "value": "False"}
            {"op": "replace", "value": {"urn:ietf:params:scim:schemas:core:2.0:User:active": false}}
            {"op": "replace", "value": {"urn:ietf:params:scim:schemas:core:2.0:User": {"active": false}}}
            {"op": "replace", "path": "URN:ietf:params:scim:schemas:core:2.0:User", "value": {"active": false}}
            {"op": "remove", "path": "urn:ietf:params:scim:schemas:core:2.0:User:active"}
            """)
    void shouldDeactivate(String operation) {
        assertThat(patched(operation).active()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op": "replace", "value": {"urn:obstat:scim:schemas:1.0:User:oidc": "ann-2"}}                          | OIDC ann-2, EMAIL a@x, SLACK T1/U1, ENTRA one
            {"op": "replace", "value": {"emails[type eq \\"work\\"].value": "b@x", "name.givenName": "C"}}          | OIDC ann, EMAIL b@x, SLACK T1/U1, ENTRA one
            {"op": "Add", "value": {"emails[type eq \\"home\\"].value": "b@x"}}                                     | OIDC ann, EMAIL a@x, EMAIL b@x, SLACK T1/U1, ENTRA one
            {"op": "Replace", "value": {"emails[type eq \\"home\\"].value": "b@x"}}                                 | OIDC ann, EMAIL a@x, EMAIL b@x, SLACK T1/U1, ENTRA one
            {"op": "replace", "path": "urn:obstat:scim:schemas:1.0:User", "value": {"slack": ["T1/U2"]}}            | OIDC ann, EMAIL a@x, SLACK T1/U2
            {"op": "remove", "path": "urn:obstat:scim:schemas:1.0:User"}                                            | OIDC ann, EMAIL a@x
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User", "value": {"oidc": "ann-2"}}                   | OIDC ann-2, EMAIL a@x, SLACK T1/U1, ENTRA one
            {"op": "replace", "value": {"urn:obstat:scim:schemas:1.0:User": {"slack": null, "entra": "other"}}}     | OIDC ann, EMAIL a@x, ENTRA other
            {"op": "add", "path": "emails", "value": {"value": "b@x"}}                                              | OIDC ann, EMAIL a@x, EMAIL b@x, SLACK T1/U1, ENTRA one
            {"op": "add", "value": {"emails": {"value": "b@x"}}}                                                    | OIDC ann, EMAIL a@x, EMAIL b@x, SLACK T1/U1, ENTRA one
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User:slack", "value": "T1/U2"}                       | OIDC ann, EMAIL a@x, SLACK T1/U1, SLACK T1/U2, ENTRA one
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User:slack", "value": ["T1/U2"]}                     | OIDC ann, EMAIL a@x, SLACK T1/U1, SLACK T1/U2, ENTRA one
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User:entra", "value": "other"}                       | OIDC ann, EMAIL a@x, SLACK T1/U1, ENTRA one, ENTRA other
            {"op": "add", "value": {"urn:obstat:scim:schemas:1.0:User": {"entra": "other"}}}                        | OIDC ann, EMAIL a@x, SLACK T1/U1, ENTRA one, ENTRA other
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User:oidc", "value": "ann-2"}                        | OIDC ann-2, EMAIL a@x, SLACK T1/U1, ENTRA one
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User:slack[type eq \\"x\\"].value", "value": "T1/U2"} | OIDC ann, EMAIL a@x, SLACK T1/U1, SLACK T1/U2, ENTRA one
            {"op": "add", "value": {"urn:obstat:scim:schemas:1.0:User:slack[type eq \\"x\\"].value": "T1/U2"}}       | OIDC ann, EMAIL a@x, SLACK T1/U1, SLACK T1/U2, ENTRA one
            {"op": "replace", "value": {"URN:obstat:scim:schemas:1.0:user:Slack[type eq \\"x\\"].value": "T1/U2"}}   | OIDC ann, EMAIL a@x, SLACK T1/U1, SLACK T1/U2, ENTRA one
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User", "value": {"oidc[type eq \\"x\\"].value": "ann-2"}} | OIDC ann, OIDC ann-2, EMAIL a@x, SLACK T1/U1, ENTRA one
            {"op": "remove", "path": "urn:obstat:scim:schemas:1.0:User:slack[value eq \\"T9/U9\\"]"}                 | OIDC ann, EMAIL a@x, SLACK T1/U1, ENTRA one
            {"op": "remove", "path": "urn:obstat:scim:schemas:1.0:User:slack[value eq \\"T1/U1\\"]"}                 | OIDC ann, EMAIL a@x, ENTRA one
            {"op": "remove", "path": "urn:obstat:scim:schemas:1.0:User:entra[value eq \\"one\\"].value"}             | OIDC ann, EMAIL a@x, SLACK T1/U1
            {"op": "remove", "path": "urn:obstat:scim:schemas:1.0:User:entra.value"}                                | OIDC ann, EMAIL a@x, SLACK T1/U1
            {"op": "replace", "path": "urn:obstat:scim:schemas:1.0:User:slack[value eq \\"T1/U1\\"].value", "value": "T1/U2"} | OIDC ann, EMAIL a@x, SLACK T1/U2, ENTRA one
            {"op": "remove", "path": "emails[value eq \\"zz@x\\"]"}                                                 | OIDC ann, EMAIL a@x, SLACK T1/U1, ENTRA one
            {"op": "add", "path": " emails", "value": {"value": "b@x"}}                                             | OIDC ann, EMAIL a@x, EMAIL b@x, SLACK T1/U1, ENTRA one
            {"op": "add", "value": {"emails ": {"value": "b@x"}}}                                                   | OIDC ann, EMAIL a@x, EMAIL b@x, SLACK T1/U1, ENTRA one
            """)
    void shouldChangeKeysAsSaid(String operation, String keys) {
        // When
        User patched = patched(operation.replace("other", OTHER).replace("\"one\\", "\"" + ONE + "\\"));

        // Then
        assertThat(patched.identities().stream()
                        .map(key -> "%s %s"
                                .formatted(key.channel(), key.value())
                                .replace(ONE, "one")
                                .replace(OTHER, "other")))
                .containsExactlyInAnyOrder(keys.split(", ", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "emails": "a@x"                                                       | emails[value eq \\"b@x\\"]                                    | EMAIL a@x
            "emails": {"value": "a@x"}                                            | emails[value eq \\"b@x\\"]                                    | EMAIL a@x
            "emails": {"value": "a@x", "type": "work"}                            | emails[type eq \\"work\\"].value                              |
            "urn:obstat:scim:schemas:1.0:User": {"slack": ["T1/U1", "T1/U2"]}     | urn:obstat:scim:schemas:1.0:User:slack[value eq \\"T1/U2\\"].value | SLACK T1/U1
            "urn:obstat:scim:schemas:1.0:User": {"slack": ["T1/U1", "T1/U2"]}     | urn:obstat:scim:schemas:1.0:User:slack[value eq \\"T1/U2\\"]   | SLACK T1/U1
            "urn:obstat:scim:schemas:1.0:User": {"oidc": "sub"}                   | urn:obstat:scim:schemas:1.0:User:oidc[value eq \\"b\\"]        | OIDC sub
            "title": "Dr"                                                         | urn:obstat:scim:schemas:1.0:User:slack[value eq \\"T1/U2\\"]   |
            """)
    void shouldRemoveWhatTheFilterNamesAndNothingElse(String stored, String path, String keys) {
        // Given
        User ann = UserResource.sent(utf8("{\"userName\": \"ann\", %s}".formatted(stored)));

        // When
        User patched = UserResource.patched(ann, patch("{\"op\": \"remove\", \"path\": \"%s\"}".formatted(path)));

        // Then
        assertThat(patched.identities().stream()
                        .map(key -> "%s %s".formatted(key.channel(), key.value()))
                        .filter(key -> !key.equals("OIDC ann")))
                .containsExactlyInAnyOrder(keys == null ? new String[0] : keys.split(", ", -1));
    }

    @Test
    void shouldTakeOperationsOneAfterTheOther() {
        // When
        User patched = patched("""
                {"op": "add", "path": "emails[type eq \\"home\\"].value", "value": "b@x"},
                {"op": "add", "path": "emails[type eq \\"home\\"].value", "value": "c@x"}""");

        // Then
        assertThat(patched.document()).contains("a@x", "c@x").doesNotContain("b@x");
    }

    @Test
    void shouldKeepTheDetailsOfANameThatIsPatchedByPaths() {
        assertThat(patched("{\"op\": \"replace\", \"value\": {\"name.givenName\": \"C\"}}")
                        .document())
                .contains("{\"givenName\":\"C\",\"familyName\":\"B\"}")
                .doesNotContain("name.givenName");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op": "replace", "path": "urn:obstat:scim:schemas:1.0:User", "value": "ann"}                          | invalidValue
            {"op": "remove"}                                                                                       | noTarget
            {"op": "replace", "value": "ann"}                                                                      | invalidValue
            {"op": "alter", "path": "active", "value": false}                                                      | invalidSyntax
            {"op": "remove", "path": "emails", "value": [{"value": "a@x"}]}                                        | invalidValue
            {"op": "remove", "path": "active[value eq \\"zz\\"]"}                                                  | invalidPath
            {"op": "add", "path": "userName[type eq \\"x\\"].value", "value": "ben"}                               | invalidPath
            {"op": "remove", "path": "name[givenName eq \\"A\\"]"}                                                 | invalidPath
            {"op": "add", "path": "urn:obstat:scim:schemas:1.0:User.slack", "value": ["T1/U2"]}                    | invalidPath
            {"op": "add", "path": "urn:obstat:User:slack[type eq \\"x\\"].value", "value": "T1/U2"}                | invalidPath
            """)
    void shouldRefuseWhatCannotBeDone(String operation, String type) {
        assertThatThrownBy(() -> patched(operation))
                .isInstanceOfSatisfying(
                        ScimFault.class, fault -> assertThat(fault.type()).isEqualTo(type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"userName": "ann", "urn:obstat:scim:schemas:1.0:User:oidc": "sub"}
            {"userName": "ann", "emails[type eq \\"work\\"].value": "a@x"}
            {"userName": "ann", "urn:ietf:params:scim:schemas:core:2.0:User": {"active": false}}
            """)
    void shouldStoreNoPathAsIfItWereAnAttribute(String body) {
        assertThatThrownBy(() -> UserResource.sent(utf8(body)))
                .isInstanceOfSatisfying(
                        ScimFault.class, fault -> assertThat(fault.type()).isEqualTo("invalidPath"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op": "remove", "path": "urn:ietf:params:scim:schemas:core:2.0:Group:members[value eq \\"1\\"]"}         | 2
            {"op": "add", "path": "urn:ietf:params:scim:schemas:core:2.0:Group:members", "value": [{"value": "3"}]}   | 1 2 3
            {"op": "add", "value": {"urn:ietf:params:scim:schemas:core:2.0:Group:members": [{"value": "3"}]}}         | 1 2 3
            {"op": "add", "path": "members", "value": {"value": "3"}}                                                 | 1 2 3
            {"op": "add", "value": {"members": [{"value": "3"}]}}                                                     | 1 2 3
            {"op": "replace", "value": {"displayName": "g", "members": [{"value": "3"}]}}                             | 3
            {"op": "replace", "path": "members", "value": []}                                                         |
            {"op": "remove", "path": "Members"}                                                                       |
            {"op": "remove", "path": "members", "value": {"value": "1"}}                                              | 2
            {"op": "remove", "path": "members[value eq \\"7\\"]"}                                                     | 1 2
            {"op": "remove", "path": " members[value eq \\"1\\"]"}                                                    | 2
            {"op": "add", "path": "members ", "value": [{"value": "3"}]}                                              | 1 2 3
            """)
    void shouldChangeMembersAsSaid(String operation, String members) {
        // Given
        Group group = new Group("g", null, Set.of("1", "2"), "{\"displayName\": \"g\"}");

        // When
        Group patched = GroupResource.patched(group, patch(operation));

        // Then
        assertThat(patched.members())
                .containsExactlyInAnyOrder(members == null ? new String[0] : members.split(" ", -1));
        assertThat(patched.document()).doesNotContain("members");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op": "remove", "path": "members[display eq \\"Ann\\"]"}                         | invalidPath
            {"op": "replace", "path": "members[value eq \\"1\\"]", "value": {"value": "2"}}   | invalidPath
            {"op": "remove", "path": "members.value"}                                         | invalidPath
            {"op": "add", "path": "members", "value": [{"display": "Ann"}]}                   | invalidValue
            {"op": "replace", "path": "members"}                                              | invalidValue
            {"op": "remove", "path": "members", "value": [{"display": "Ann"}]}                | invalidValue
            """)
    void shouldRefuseWhatNamesNoMember(String operation, String type) {
        // Given
        Group group = new Group("g", null, Set.of("1", "2"), "{\"displayName\": \"g\"}");

        // Then
        assertThatThrownBy(() -> GroupResource.patched(group, patch(operation)))
                .isInstanceOfSatisfying(
                        ScimFault.class, fault -> assertThat(fault.type()).isEqualTo(type));
    }

    /** On the event loop, where others wait meanwhile. */
    @Test
    void shouldPatchALargeGroupAtOnce() {
        // Given
        Set<String> all = IntStream.range(0, 10_000)
                .mapToObj(n -> "user-" + n)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Group group = new Group("g", null, all, "{\"displayName\": \"g\"}");
        String leaving = IntStream.range(0, 1_000)
                .mapToObj(n -> "{\"value\": \"user-%d\"}".formatted(n * 10))
                .collect(Collectors.joining(", "));
        byte[] patch = patch("{\"op\": \"Remove\", \"path\": \"members\", \"value\": [%s]}".formatted(leaving));

        // When, after all classes are there
        GroupResource.patched(new Group("g", null, Set.of(), "{\"displayName\": \"g\"}"), patch);
        long before = System.nanoTime();
        Group patched = GroupResource.patched(group, patch);
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        // Then it is not done by the library, which looks at every member for each that leaves, and takes more than a
        // minute
        System.out.printf("1,000 of 10,000 members removed in %d ms%n", took.toMillis());
        assertThat(patched.members()).hasSize(9_000).doesNotContain("user-10").contains("user-11");
        assertThat(took).isLessThan(Duration.ofSeconds(20));
    }

    private static User patched(String operation) {
        return UserResource.patched(UserResource.sent(utf8(ANN)), patch(operation));
    }

    private static byte[] patch(String operation) {
        return utf8("{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": [%s]}"
                .formatted(operation));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

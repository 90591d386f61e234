package io.obstat.decision.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.obstat.decision.Member.Channel;
import io.obstat.decision.Member.Identity;
import io.obstat.decision.directory.Criterion;
import io.obstat.decision.directory.Criterion.By;
import io.obstat.decision.directory.Groups.Group;
import io.obstat.decision.directory.Users.User;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What bodies and queries mean, without a server. */
class ResourcesTest {

    private static final String ENTRA_ID = "72f988bf-86f1-41af-91ab-2d7cd011db47/0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef";

    @Test
    void shouldTakeTheUserNameForTheSubjectUnlessTheSubjectIsSaid() {
        // When
        User plain = UserResource.sent(utf8("{\"userName\": \"ann\", \"emails\": [{\"value\": \"ann@example.com\"}]}"));
        User said = UserResource.sent(utf8(
                "{\"UserName\": \"ann\", \"urn:obstat:scim:schemas:1.0:User\": {\"oidc\": [\"sub-1\", \"sub-2\"], \"slack\": \"T1/U1\", \"entra\": [{\"value\": \"%s\"}]}}"
                        .formatted(ENTRA_ID)));

        // Then
        assertThat(plain.identities())
                .containsExactlyInAnyOrder(
                        new Identity(Channel.OIDC, "ann"), new Identity(Channel.EMAIL, "ann@example.com"));
        assertThat(said.identities())
                .containsExactlyInAnyOrder(
                        new Identity(Channel.OIDC, "sub-1"),
                        new Identity(Channel.OIDC, "sub-2"),
                        new Identity(Channel.SLACK, "T1/U1"),
                        new Identity(Channel.ENTRA, ENTRA_ID));
        assertThat(plain.active()).isTrue();
    }

    @Test
    void shouldKeepWhatItDoesNotKnowAndNoPassword() {
        // When
        User user = UserResource.sent(
                utf8(
                        "{\"id\": \"1\", \"userName\": \"ann\", \"password\": \"secret\", \"title\": \"Dr\", \"groups\": [], \"meta\": {}}"));

        // Then
        assertThat(user.document()).contains("Dr").doesNotContain("secret", "\"id\"", "meta", "groups");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {}                                                                             | userName is missing
            {"userName": 7}                                                                | userName must be text
            {"userName": " "}                                                              | userName is blank
            {"userName": "a", "userName": "b"}                                             | userName
            {"userName": "a", "active": "perhaps"}                                         | active is "perhaps"; it must be true or false
            {"userName": "a", "emails": [{"value": 7}]}                                    | emails has a value that is no text
            {"userName": "a", "emails": ["nonsense"]}                                      | emails is "nonsense"; it must be an e-mail address
            {"userName": "a", "urn:obstat:scim:schemas:1.0:User": 7}                       | urn:obstat:scim:schemas:1.0:User must be an object
            {"userName": "a", "urn:obstat:scim:schemas:1.0:User": {"slack": ["U1"]}}       | urn:obstat:scim:schemas:1.0:User:slack is "U1"; it must be <team id>/<user id>
            []                                                                             | no JSON object
            nonsense                                                                       | JSON
            """)
    void shouldRefuseWhatIsNoUser(String body, String reason) {
        assertThatThrownBy(() -> UserResource.sent(utf8(body)))
                .isInstanceOf(ScimFault.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op": "replace", "path": "active", "value": false}                            | false | ann@example.com
            {"op": "Replace", "path": "active", "value": "False"}                          | false | ann@example.com
            {"op": "replace", "value": {"active": false}}                                  | false | ann@example.com
            {"op": "remove", "path": "active"}                                             | false | ann@example.com
            {"op": "Replace", "path": "emails[type eq \\"work\\"].value", "value": "b@x"}  | true  | b@x
            {"op": "replace", "path": "emails", "value": [{"value": "b@x"}]}               | true  | b@x
            {"op": "Add", "path": "emails[type eq \\"work\\"].value", "value": "b@x"}      | true  | b@x
            {"op": "Add", "path": "name.givenName", "value": "Ann"}                        | true  | ann@example.com
            """)
    void shouldPatchAUser(String operation, boolean active, String email) {
        // Given
        User ann = UserResource.sent(
                utf8("{\"userName\": \"ann\", \"emails\": [{\"value\": \"ann@example.com\", \"type\": \"work\"}]}"));

        // When
        User patched = UserResource.patched(ann, patch(operation));

        // Then
        assertThat(patched.active()).isEqualTo(active);
        assertThat(patched.identities()).contains(new Identity(Channel.EMAIL, email));
        assertThat(patched.identities()).hasSize(2);
    }

    @Test
    void shouldPatchTheKeysOfTheExtension() {
        // Given
        User ann = UserResource.sent(utf8("{\"userName\": \"ann\"}"));

        // When
        User patched = UserResource.patched(
                ann,
                patch("{\"op\": \"Add\", \"path\": \"urn:obstat:scim:schemas:1.0:User:oidc\", \"value\": \"sub-1\"}"));

        // Then
        assertThat(patched.identities()).containsExactly(new Identity(Channel.OIDC, "sub-1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"path": "active", "value": false}                       | invalidSyntax
            {"op": "increase", "path": "active", "value": 1}         | invalidSyntax
            {"op": "replace", "path": "emails[", "value": 1}         | invalidPath
            {"op": "remove", "path": "emails", "value": "a@x"}       | invalidValue
            {"op": "remove", "path": "userName"}                     | invalidValue
            """)
    void shouldRefuseAPatchThatDoesNotFit(String operation, String type) {
        // Given
        User ann = UserResource.sent(utf8("{\"userName\": \"ann\"}"));

        // When / Then
        assertThatThrownBy(() -> UserResource.patched(ann, patch(operation)))
                .isInstanceOfSatisfying(
                        ScimFault.class, fault -> assertThat(fault.type()).isEqualTo(type));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            {"op": "add", "path": "members", "value": [{"value": "3"}, {"value": "1"}]}                 | g | 1 2 3
            {"op": "Add", "path": "members", "value": [{"$ref": null, "value": "3"}]}                   | g | 1 2 3
            {"op": "Remove", "path": "members", "value": [{"$ref": null, "value": "2"}]}                | g | 1
            {"op": "remove", "path": "members[value eq \\"2\\"]"}                                       | g | 1
            {"op": "replace", "path": "members", "value": [{"value": "3"}]}                             | g | 3
            {"op": "Replace", "path": "displayName", "value": "h"}                                      | h | 1 2
            {"op": "replace", "value": {"id": "1", "displayName": "h"}}                                 | h | 1 2
            """)
    void shouldPatchAGroup(String operation, String name, String members) {
        // Given
        Group group = new Group("g", null, Set.of("1", "2"), "{\"displayName\": \"g\"}");

        // When
        Group patched = GroupResource.patched(group, patch(operation));

        // Then
        assertThat(patched.name()).isEqualTo(name);
        assertThat(patched.members()).containsExactlyInAnyOrder(members.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            userName eq "ann"       | NAME        | ann
            USERNAME EQ "a\\"b"     | NAME        | a"b
            externalId eq "7"       | EXTERNAL_ID | 7
            id eq "1"               | ID          | 1
            """)
    void shouldUnderstandTheFiltersThatAreServed(String filter, By by, String value) {
        assertThat(Query.of("userName", filter, null, null).criterion()).isEqualTo(new Criterion(by, value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            userName sw "a"
            userName eq "a" and active eq true
            active eq true
            emails[type eq "work"].value eq "a@x"
            userName eq ""
            nonsense
            userName eq
            userName eq {}
            userName eq [1]
            """)
    void shouldRefuseOtherFilters(String filter) {
        assertThatThrownBy(() -> Query.of("userName", filter, null, null))
                .isInstanceOfSatisfying(
                        ScimFault.class, fault -> assertThat(fault.type()).isEqualTo("invalidFilter"));
    }

    @Test
    void shouldLeaveOutWhatIsNamedOnceOrTwice() {
        assertThat(Resources.leavesOut("members,members", "members")).isTrue();
        assertThat(Resources.leavesOut(" Members, displayName", "members")).isTrue();
        assertThat(Resources.leavesOut("displayName,members.value", "members")).isFalse();
        assertThat(Resources.leavesOut(null, "members")).isFalse();
    }

    @Test
    void shouldKeepPagesWithinBounds() {
        assertThat(Query.of("userName", null, "0", "-1")).isEqualTo(new Query(Criterion.ALL, 0, 0));
        assertThat(Query.of("userName", null, "11", "1000000")).isEqualTo(new Query(Criterion.ALL, 10, 200));
        assertThat(Query.of("userName", null, null, null)).isEqualTo(new Query(Criterion.ALL, 0, 100));
        assertThatThrownBy(() -> Query.of("userName", null, "x", null)).hasMessageContaining("startIndex");
    }

    private static byte[] patch(String operation) {
        return utf8("{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": [%s]}"
                .formatted(operation));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.obstat.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.event.ActionRequested;
import io.obstat.contracts.event.ApprovalRequired;
import io.obstat.contracts.event.AutoAllowed;
import io.obstat.policy.cel.Limits;
import io.obstat.policy.yaml.PolicyFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The policy sets in the documentation are policy sets, and do what the text beside them says. */
class DocsTest {

    private static final Path DOCS = Path.of(System.getProperty("maven.multiModuleProjectDirectory", ".."))
            .resolve("docs");
    private static final Pattern POLICY_SET = Pattern.compile("```yaml\n(policySet:.*?)```", Pattern.DOTALL);

    @ParameterizedTest
    @ValueSource(strings = {"reference/policy.md", "how-to/write-a-rule.md"})
    void shouldShowPolicySetsThatLoad(String page) throws Exception {
        // Given
        List<String> examples = examples(page);
        // When read, Then
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(policy(example).set().rules()).isNotEmpty();
        }
    }

    @Test
    void shouldDoWhatTheHowToSays() throws Exception {
        // Given
        Policy policy = policy(examples("how-to/write-a-rule.md").getFirst());
        // When, Then
        assertThat(policy.judge(refund("{\"cents\":50000}"), Requests.NOW)).isInstanceOf(AutoAllowed.class);
        assertThat(policy.judge(refund("{\"cents\":50001}"), Requests.NOW)).isInstanceOf(ApprovalRequired.class);
        assertThat(policy.judge(refund("{}"), Requests.NOW))
                .isInstanceOfSatisfying(
                        ApprovalRequired.class,
                        approval -> assertThat(approval.requirement().slots())
                                .extracting(slot -> slot.group())
                                .containsExactly("finance", "platform"));
    }

    private static ActionRequested refund(String parameters) {
        return Requests.of("payment.refund", "order/1", "production", parameters);
    }

    private static List<String> examples(String page) throws Exception {
        return POLICY_SET
                .matcher(Files.readString(DOCS.resolve(page)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Policy policy(String yaml) throws Exception {
        return PolicyFile.parse("docs", yaml.getBytes(StandardCharsets.UTF_8), Limits.STANDARD);
    }
}

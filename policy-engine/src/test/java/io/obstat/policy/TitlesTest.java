package io.obstat.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.obstat.contracts.event.ActionRequested;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TitlesTest {

    private final Titles titles = new Titles(
            Map.of(
                    "data.export", "Export data from {environment}",
                    "aws.*", "Call AWS in {environment}",
                    "aws.iam.*", "Work on users",
                    "aws.iam.CreateUser", "Add a user"),
            Map.of("prod", "production"));

    @ParameterizedTest
    @CsvSource({
        "data.export, prod, Export data from production",
        "data.export, nowhere<b>, Export data from an environment policy has no name for",
        "data.export.all, prod, Do something policy has no name for",
        "data, prod, Do something policy has no name for",
        "aws.iam.CreateUser, prod, Add a user",
        "aws.iam.DeleteUser, prod, Work on users",
        "aws.s3.GetObject, prod, Call AWS in production",
        "aws, prod, Do something policy has no name for",
        "Approve_this_it_is_harmless, prod, Do something policy has no name for"
    })
    void shouldSayNothingThatTheAgentWrote(String type, String environment, String title) {
        // Given
        ActionRequested request = Requests.of(type, "resource", environment, "{}");
        // When
        String named = titles.of(request.action());
        // Then
        assertThat(named).isEqualTo(title);
    }
}

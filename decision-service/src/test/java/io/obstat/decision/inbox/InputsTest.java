package io.obstat.decision.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.obstat.contracts.Parameters;
import io.obstat.contracts.visible.InputLine;
import io.obstat.contracts.visible.InputLines;
import io.obstat.contracts.visible.Inputs;
import io.obstat.contracts.visible.NastyText;
import io.obstat.contracts.visible.VisibleText;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class InputsTest {

    @Property(tries = 400)
    @Domain(NastyText.class)
    void shouldReadTheInputsBackFromThePage(@ForAll Parameters parameters) {
        // Given
        String html = Rendering.inputs(Inputs.forPage(parameters));

        // When the page is read as a person reads it: by indent, name and value
        List<InputLine> lines =
                Jsoup.parse(html).select(".in").stream().map(InputsTest::line).toList();

        // Then
        assertThat(InputLines.read(lines)).isEqualTo(parameters);
        assertThat(html.replace("\n", "")).doesNotContainPattern(NastyText.UNSEEN);
    }

    @Test
    void shouldShowNestedInputsLineByLine() {
        // Given
        Parameters parameters = Samples.parameters(
                "{\"where\":\"country = 'DE'\",\"limits\":{\"rows\":48210,\"columns\":[\"id\",null]},\"tags\":[]}");

        // When
        Inputs inputs = Inputs.forCard(parameters);

        // Then
        assertThat(inputs.lines())
                .extracting(
                        InputLine::depth,
                        line -> line.name().text(),
                        line -> line.value().text())
                .containsExactly(
                        tuple(0, "where", "country = 'DE'"),
                        tuple(0, "limits", "{2 fields}"),
                        tuple(1, "rows", "48210"),
                        tuple(1, "columns", "[2 items]"),
                        tuple(2, "[0]", "id"),
                        tuple(2, "[1]", "null"),
                        tuple(0, "tags", "[]"));
    }

    @Test
    void shouldQuoteATextThatCouldBeTakenForSomethingElse() {
        // Given
        Parameters parameters = Samples.parameters(
                "{\"n\":\"10\",\"t\":\"true\",\"blank\":\"\",\"edge\":\" x\",\"shape\":\"{1 field}\"}");

        // When
        Inputs inputs = Inputs.forCard(parameters);

        // Then
        assertThat(inputs.lines())
                .extracting(line -> line.value().text())
                .containsExactly("\"10\"", "\"true\"", "\"\"", "\" x\"", "\"{1 field}\"");
    }

    @Test
    void shouldWithholdWhatIsTooLongForTheListAndShowItWholeOnItsPage() {
        // Given more lines than the list shows
        String members = IntStream.rangeClosed(0, Inputs.MOST_LINES)
                .mapToObj("\"column_%d\":1"::formatted)
                .collect(Collectors.joining(",", "{", "}"));
        Parameters parameters = Samples.parameters(members);

        // When
        Inputs inList = Inputs.forCard(parameters);
        Inputs onPage = Inputs.forPage(parameters);

        // Then
        assertThat(inList.whole()).isFalse();
        assertThat(inList.lines()).isEmpty();
        assertThat(inList.why()).contains("41 lines");
        assertThat(onPage.whole()).isTrue();
        assertThat(onPage.lines()).hasSize(Inputs.MOST_LINES + 1);
    }

    @Test
    void shouldWithholdOneValueThatIsTooLongForTheList() {
        // Given
        Parameters parameters = Samples.parameters("{\"sql\":\"%s\"}".formatted("x".repeat(Inputs.MOST_CHARACTERS)));

        // When, then
        assertThat(Inputs.forCard(parameters).whole()).isFalse();
        assertThat(Inputs.forPage(parameters).whole()).isTrue();
    }

    private static InputLine line(Element in) {
        in.select("br").remove();
        int depth = in.classNames().stream()
                .filter(name -> name.startsWith("in-"))
                .mapToInt(name -> Integer.parseInt(name.substring(3)))
                .findFirst()
                .orElseThrow();
        return new InputLine(depth, VisibleText.empty(), shown(in, ".k"), shown(in, ".v"), false);
    }

    /** The text as it stands on the page, not made visible a second time. */
    private static VisibleText shown(Element in, String selector) {
        String text = in.expectFirst(selector).wholeText();
        return new VisibleText(List.of(new VisibleText.Part(text, null, "")));
    }
}

package social.coral.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class JsonValuesTest {

    private static final String VALUE = "{\"a\":\"x\"}";

    @ParameterizedTest
    @ValueSource(strings = {
        VALUE,
        "  \n" + VALUE + "\n",
        "\uFEFF" + VALUE,
        "```json\n" + VALUE + "\n```",
        "```\n" + VALUE + "\n```  ",
        "```json\n" + VALUE,
        "Here it is:\n```json\n" + VALUE + "\n```\nAnything else?",
        "```json\r\n" + VALUE + "\r\n```"
    })
    void aValueIsReadAsItIsOrWithoutItsFence(String answer) {
        assertThat(JsonValues.of(answer)).contains(new JsonMapper().readTree(VALUE));
    }

    @Test
    void aFenceWithinATextIsPartOfTheText() {
        String value = "{\"a\":\"write ```json\\n{}\\n``` so\"}";
        assertThat(JsonValues.of(value)).contains(new JsonMapper().readTree(value));
        assertThat(JsonValues.of("```json\n" + value + "\n```")).contains(new JsonMapper().readTree(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "   ", "no JSON at all", "The value is " + VALUE, VALUE + VALUE, VALUE + "\n" + VALUE, "{\"a\":\"x\",}", "{\"a\":\"x", "[1,2", "{\"a\":1,\"a\":2}",
        "{'a':1}", "{\"a\":NaN}", "```json\n{\"a\":\"x\n```", "```json\n" + VALUE + "\n```\n```json\n" + VALUE + "\n```", "// note\n" + VALUE
    })
    void halfAValueTwoOrAnotherIsNone(String answer) {
        assertThat(JsonValues.of(answer)).isEmpty();
    }

    @Test
    void depthAndSizeAreBounded() {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(JsonValues.of("[".repeat(200) + "]".repeat(200))).isEmpty();
            assertThat(JsonValues.of("[".repeat(1_000_000))).isEmpty();
            assertThat(JsonValues.of("\"" + "x".repeat(300_000) + "\"")).isEmpty();
            assertThat(JsonValues.of("[\"" + "1,".repeat(2_000_000))).isEmpty();
            assertThat(JsonValues.of("\n```".repeat(500_000))).isEmpty();
        });
    }
}

package social.coral.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call;

class AnthropicTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final TestModel model = TestModel.anthropic(SERVER);

    private static ResponseDefinitionBuilder message(String content, String stop) {
        return okJson("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-sonnet-5-5\",\"content\":" + content + ",\"stop_reason\":\"" + stop
                + "\",\"usage\":{\"input_tokens\":10,\"cache_creation_input_tokens\":2,\"cache_read_input_tokens\":30,\"output_tokens\":7}}");
    }

    @Test
    void anAnswerIsReadPastTheThoughtsAndItsCacheIsCounted() {
        model.answers(message("[{\"type\":\"thinking\",\"thinking\":\"They want tea\"},{\"type\":\"text\",\"text\":\"Good \"},{\"type\":\"text\",\"text\":\"tea.\"}]", "end_turn"));
        Answer.Text answer = model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(answer.text()).isEqualTo("Good tea.");
        assertThat(answer.details().used()).isEqualTo(new Amount(0, 42, 30, 7, 0));
        assertThat(model.ledger.list().getFirst().call()).isEqualTo(new Call("anthropic", "POST /v1/messages", "claude-sonnet-5-5", ""));
        assertThat(model.sent(0).path("max_tokens").intValue()).isPositive();
        assertThat(model.sent(0).path("system").stringValue()).contains("Say something").doesNotContain("Tea & toast");
        assertThat(model.requests().getFirst().getHeader("x-api-key")).isEqualTo(TestModel.SECRET);
        assertThat(model.requests().getFirst().getHeader("anthropic-version")).isEqualTo("2023-06-01");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[{\"type\":\"text\",\"text\":\"Half an\"}] | max_tokens | Truncated",
        "[{\"type\":\"text\",\"text\":\"Half an\"}] | model_context_window_exceeded | Truncated",
        "[{\"type\":\"text\",\"text\":\"I will not\"}] | refusal | Refused",
        "[] | end_turn | Empty",
    })
    void whatIsNoAnswerIsNeverText(String content, String stop, String end) {
        model.answers(message(content, stop));
        Answer answer = model.ask(TestModel.PROMPT);
        assertThat(answer.getClass().getSimpleName()).isEqualTo(end);
        assertThat(answer.toString()).doesNotContain("Half an", "I will not");
    }

    @Test
    void aTemperatureThatItDoesNotTakeIsLeftOutAndTold() {
        model.answers(aResponse().withStatus(400).withBody(error("invalid_request_error", "`temperature` is deprecated for this model.")),
                message("[{\"type\":\"text\",\"text\":\"Tea.\"}]", "end_turn"));
        Answer.Text answer = model.ask(TestModel.PROMPT.with(new ModelParameters(null, 0.5, null)), Answer.Text.class);
        assertThat(answer.details().leftOut()).isEqualTo(Set.of("temperature"));
        assertThat(model.sent(1).has("temperature")).isFalse();
        model.answers(message("[{\"type\":\"text\",\"text\":\"Tea.\"}]", "end_turn"));
        Answer warm = model.ask(TestModel.PROMPT.with(new ModelParameters("claude-opus-6", 1.5, null)));
        assertThat(model.sent(0).path("temperature").asDouble()).isEqualTo(1);
        assertThat(warm.details().leftOut()).as("not as it was asked for").isEqualTo(Set.of("temperature"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | invalid_request_error | Your credit balance is too low to access the Anthropic API. | PlanRefused",
        "402 | billing_error | Update your payment method | PlanRefused",
        "400 | invalid_request_error | This organization has been disabled. | KeyRefused",
        "401 | authentication_error | invalid x-api-key | KeyRefused",
        "403 | permission_error | Your API key does not have permission to use the specified resource. | KeyRefused",
        "403 | forbidden | Request not allowed | BadRequest",
        "404 | not_found_error | model: claude-9 | ModelNotFound",
        "413 | request_too_large | Request exceeds the maximum size | BadRequest",
        "400 | invalid_request_error | prompt is too long: 300000 tokens > 200000 maximum | BadRequest",
        "429 | rate_limit_error | This request would exceed your organization's rate limit | Postponed",
        "529 | overloaded_error | Overloaded | Postponed",
        "504 | timeout_error | Timed out | Postponed",
        "200 | overloaded_error | Overloaded | Postponed",
    })
    void theRightOneIsBlamed(int status, String type, String message, String fault) {
        model.answers(aResponse().withStatus(status).withBody(error(type, message)));
        assertThat(model.fault(ServiceFault.class).getClass().getSimpleName()).isEqualTo(fault);
    }

    private static String error(String type, String message) {
        return "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"" + message + "\"},\"request_id\":\"req_1\"}";
    }
}

package social.coral.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.services.EnteredCalls.Entered;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call.Outcome;

/** What compatible servers say of their answers: what can be true is taken, and nothing is concluded from the rest. */
class OddFiguresTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final TestModel model = TestModel.openAi(SERVER);

    private static ResponseDefinitionBuilder chat(String text, String finish, String usage) {
        return okJson("{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"" + text + "\"},\"finish_reason\":\"" + finish + "\"}],\"usage\":" + usage + "}");
    }

    private static ResponseDefinitionBuilder says(String text) {
        return chat(text, "stop", "{\"prompt_tokens\":30,\"completion_tokens\":7}");
    }

    private static ResponseDefinitionBuilder refuses(String param, String message, String code) {
        return aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"" + message + "\",\"type\":\"invalid_request_error\",\"param\":" + param + ",\"code\":\"" + code + "\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "null",
        "{\"prompt_tokens\":-1,\"completion_tokens\":-1}",
        "{\"prompt_tokens\":10,\"completion_tokens\":-1}",
        "{\"prompt_tokens\":0,\"completion_tokens\":0,\"total_tokens\":0}",
        "{\"prompt_tokens\":10,\"completion_tokens\":0}",
        "{\"prompt_tokens\":10,\"completion_tokens\":null}",
        "{\"prompt_tokens\":1e30,\"completion_tokens\":5}",
        "{\"total_tokens\":15}",
    })
    void figuresThatCannotBeTrueAreNone(String usage) {
        model.answers(chat("Tea.", "stop", usage));
        model.ask(TestModel.PROMPT, Answer.Text.class);
        Entered entered = model.ledger.list().getFirst();
        assertThat(entered.used()).isEqualTo(entered.most());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"prompt_tokens\":10,\"completion_tokens\":50,\"total_tokens\":60,\"completion_tokens_details\":{\"reasoning_tokens\":40}} | 0 | 50 | 40",
        "{\"prompt_tokens\":10,\"completion_tokens\":9,\"total_tokens\":542,\"completion_tokens_details\":{\"reasoning_tokens\":523}} | 0 | 532 | 523",
        "{\"prompt_tokens\":10,\"completion_tokens\":50,\"total_tokens\":100,\"completion_tokens_details\":{\"reasoning_tokens\":40}} | 0 | 90 | 40",
        "{\"prompt_tokens\":10,\"completion_tokens\":9,\"completion_tokens_details\":{\"reasoning_tokens\":523}} | 0 | 532 | 523",
        "{\"prompt_tokens\":10,\"prompt_tokens_details\":{\"cached_tokens\":99},\"completion_tokens\":5} | 10 | 5 | 0",
        "{\"prompt_tokens\":10.0,\"prompt_tokens_details\":null,\"completion_tokens\":5.0} | 0 | 5 | 0",
    })
    void whatAModelWroteForItselfIsChargedWhereverItIsCounted(String usage, int cached, int output, int reasoning) {
        model.answers(chat("Tea.", "stop", usage));
        model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(model.ledger.list().getFirst().used()).isEqualTo(new Amount(0, 10, cached, output, reasoning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"error", "abort", "insufficient_system_resource"})
    void anAnswerThatTheServerBrokeOffIsAskedForAgain(String finish) {
        model.answers(chat("Half an", finish, "{\"prompt_tokens\":30,\"completion_tokens\":7}"), says("A whole answer."));
        assertThat(model.ask(TestModel.PROMPT, Answer.Text.class).text()).isEqualTo("A whole answer.");
        assertThat(model.ledger.list()).extracting(Entered::outcome).containsExactly(Outcome.FAILED, Outcome.OK);
        assertThat(model.ledger.list().getFirst().used()).isEqualTo(new Amount(0, 30, 0, 7, 0));
    }

    @Test
    void anErrorInAChoiceIsNoText() {
        model.answers(okJson("{\"choices\":[{\"message\":{\"content\":\"Half an\"},\"finish_reason\":\"error\",\"error\":{\"code\":502,\"message\":\"Provider returned error\"}}]}"));
        assertThat(model.fault(ServiceFault.Postponed.class).sentence()).contains("Provider returned error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"max_tokens\" | max_tokens is too large: 32000. This model supports at most 16384 completion tokens, whereas you provided 32000. | invalid_value",
        "\"max_tokens\" | Invalid 'max_tokens': integer above maximum value. Expected a value <= 16384, but got 32000 instead. | integer_above_max_value",
        "null | Invalid temperature value, the valid range of temperature is [0, 1.5] | invalid_request_error",
        "\"temperature\" | temperature must be between 0 and 1 | invalid_value",
        "\"temperature\" | 1.8 is greater than the maximum of 1 - 'temperature' | decimal_above_max_value",
        "\"temperature\" | temperature of 1.8 is not supported, use a value below 1 | ``",
    })
    void aValueThatIsOutOfRangeIsSaidAndNothingIsRememberedForIt(String param, String message, String code) {
        Prompt prompt = TestModel.PROMPT.with(new ModelParameters("m", 1.8, 32_000));
        model.answers(refuses(param, message, code), says("Tea."));
        String said = model.fault(ServiceFault.BadRequest.class, () -> model.ask(prompt)).sentence();
        assertThat(said).contains(message.substring(0, 20));
        model.ask(prompt, Answer.Text.class);
        assertThat(model.sent(1)).as("as before").isEqualTo(model.sent(0));
    }

    @Test
    void anAnswerIsCutOffWhereTheModelHasNoMoreRoom() {
        model.answers(chat("Half an", "length", "{\"prompt_tokens\":30,\"completion_tokens\":7}"),
                refuses("\"max_tokens\"", "max_tokens is too large: 6000. This model supports at most 4096 completion tokens.", "invalid_value"));
        model.ask(TestModel.PROMPT.with(new ModelParameters("m", null, 3_000)), Answer.Truncated.class);
        assertThat(model.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"error\":{\"message\":\"The response was filtered due to the prompt triggering Azure OpenAI's content management policy.\",\"param\":\"prompt\",\"code\":\"content_filter\"}}",
        "{\"error\":{\"message\":\"Invalid prompt: your prompt was flagged as potentially violating our usage policy.\",\"code\":\"invalid_prompt\"}}",
    })
    void aPromptThatAFilterDeclinesIsRefusedAndCostsNothing(String body) {
        model.answers(aResponse().withStatus(400).withBody(body));
        model.ask(TestModel.PROMPT, Answer.Refused.class);
        assertThat(model.ledger.list()).singleElement().matches(call -> call.outcome() == Outcome.REFUSED && call.used().equals(Amount.NONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EEE, dd MMM yyyy HH:mm:ss 'GMT'", "EEEE, dd-MMM-yy HH:mm:ss 'GMT'", "EEE MMM ppd HH:mm:ss yyyy"})
    void aLimitIsWaitedForUntilADateInEachFormThatHttpHas(String form) {
        String date = DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(model.clock.instant().plusSeconds(90).atZone(ZoneOffset.UTC));
        model.answers(aResponse().withStatus(429).withHeader("Retry-After", date).withBody("{\"error\":{\"message\":\"slow down\"}}"));
        assertThat(model.fault(ServiceFault.Postponed.class).until()).isBetween(model.clock.instant().plusSeconds(89), model.clock.instant().plusSeconds(90));
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-6.2-sol, true", "chatgpt-4o-latest, true", "o3, true", "o4-mini, true", "llama-3.1-8b-instruct, true", "ft:gpt-4o-mini:x::y, true", "gpt-4o-search-preview, true",
        "gpt-3.5-turbo-instruct, false", "gpt-5-codex, false", "gpt-5.1-codex-mini, false", "o1-pro, false", "gpt-5-pro, false", "computer-use-preview, false",
        "o3-deep-research, false", "text-embedding-3-small, false",
    })
    void onlyModelsThatAnswerPromptsAreOffered(String name, boolean offered) {
        assertThat(new OpenAiChat(URI.create("https://api.openai.com/v1"), "m").isForText(name)).isEqualTo(offered);
    }
}

package social.coral.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.services.EnteredCalls;
import social.coral.services.ServiceFault;
import social.coral.tenancy.Tenant;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import tools.jackson.databind.JsonNode;

/** A server that speaks chat completions as Ollama, llama.cpp and vLLM do. */
class CompatibleServerTest {

    private static final String USAGE = "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":7,\"total_tokens\":37}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final TestModel model = TestModel.openAi(SERVER);

    private static ResponseDefinitionBuilder chat(String message, String finish) {
        return okJson("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"model\":\"llama3.2\",\"system_fingerprint\":\"fp_ollama\",\"choices\":[{\"index\":0,\"message\":"
                + message + ",\"finish_reason\":" + finish + "}]," + USAGE + "}");
    }

    private static ResponseDefinitionBuilder says(String text) {
        return chat("{\"role\":\"assistant\",\"content\":\"" + text + "\"}", "\"stop\"");
    }

    @Test
    void anAnswerIsReadAndEnteredWithTheServersFigures() {
        model.answers(says("Good tea."));
        Answer.Text answer = model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(answer.text()).isEqualTo("Good tea.");
        assertThat(answer.details()).isEqualTo(new Answer.Details("llama3.2", "stop", new Amount(0, 30, 0, 7, 0), List.of(), Set.of(), Set.of()));
        EnteredCalls.Entered entered = model.ledger.list().getFirst();
        assertThat(entered.call()).isEqualTo(new Call("own_server", "POST /chat/completions", "llama3.2", ""));
        assertThat(entered.used()).isEqualTo(new Amount(0, 30, 0, 7, 0));
        assertThat(entered.most().inputTokens()).isEqualTo(model.requests().getFirst().getBody().length);
        assertThat(entered.most().outputTokens()).isEqualTo(model.sent(0).path("max_tokens").intValue()).isPositive();
        assertThat(model.requests().getFirst().getUrl()).isEqualTo("/v1/chat/completions");
    }

    @Test
    void aServerThatCountsNothingIsChargedTheMost() {
        model.answers(okJson("{\"choices\":[{\"message\":{\"content\":\"Good tea.\"},\"finish_reason\":\"stop\"}]}"));
        model.ask(TestModel.PROMPT, Answer.Text.class);
        EnteredCalls.Entered entered = model.ledger.list().getFirst();
        assertThat(entered.used()).isEqualTo(entered.most());
    }

    @Test
    void whatAModelThinksIsNoPartOfItsAnswer() {
        model.answers(says("<think>They want\\ntea.</think>\\nGood tea."));
        assertThat(model.ask(TestModel.PROMPT, Answer.Text.class).text()).isEqualTo("Good tea.");
        model.answers(says("<think>They want tea and"));
        model.ask(TestModel.PROMPT, Answer.Empty.class);
        model.answers(says("They want tea.\\n</think>\\n\\nGood tea."));
        assertThat(model.ask(TestModel.PROMPT, Answer.Text.class).text()).as("begun by the prompt").isEqualTo("Good tea.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"content\":\"\"} | \"stop\" | Empty | 1",
        "{\"content\":\" \\n \"} | \"stop\" | Empty | 1",
        "{\"content\":null} | \"stop\" | Empty | 1",
        "{\"content\":null} | \"tool_calls\" | Empty | 1",
        "{\"content\":null} | \"length\" | Truncated | 2",
        "{\"content\":\"Half an\"} | \"length\" | Truncated | 2",
        "{\"content\":null,\"refusal\":\"I cannot help with that.\"} | \"stop\" | Refused | 1",
        "{\"content\":\"Half an\"} | \"content_filter\" | Refused | 1",
        "{\"content\":\"Half an\"} | null | Unfinished | 1",
        "{\"content\":\"Half an\"} | \"a_word_of_next_year\" | Unfinished | 1",
    })
    void whatIsNoAnswerIsNeverText(String message, String finish, String end, int calls) {
        model.answers(chat(message, finish));
        Answer answer = model.ask(TestModel.PROMPT);
        assertThat(answer.getClass().getSimpleName()).isEqualTo(end);
        assertThat(answer.toString()).doesNotContain("Half an", "I cannot help");
        assertThat(model.ledger.list()).hasSize(calls);
        assertThat(answer.details().used()).isEqualTo(new Amount(0, 30 * calls, 0, 7 * calls, 0));
    }

    @Test
    void anAnswerThatWasCutOffIsAskedForOnceMoreWithMoreRoom() {
        model.answers(chat("{\"content\":\"Half an\"}", "\"length\""), says("A whole answer."));
        assertThat(model.ask(TestModel.PROMPT, Answer.Text.class).text()).isEqualTo("A whole answer.");
        assertThat(model.sent(1).path("max_tokens").intValue()).isEqualTo(2 * model.sent(0).path("max_tokens").intValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "temperature | {\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.5 with this model.\",\"type\":\"invalid_request_error\",\"param\":\"temperature\",\"code\":\"unsupported_value\"}}",
        "max_tokens | {\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\",\"type\":\"invalid_request_error\",\"param\":\"max_tokens\",\"code\":\"unsupported_parameter\"}}",
        "response_format | {\"object\":\"error\",\"message\":\"response_format is not supported by this server\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}",
    })
    void aParameterThatAModelDoesNotTakeIsLeftOutFromThenOn(String parameter, String refusal) {
        Prompt prompt = TestModel.PROMPT.with(new ModelParameters("gpt-9-of-next-year", 0.5, 500)).with(TestModel.SCHEMA);
        model.answers(aResponse().withStatus(400).withBody(refusal), says("{\\\"topics\\\":[]}"));
        Answer.Json answer = model.ask(prompt, Answer.Json.class);
        assertThat(answer.details().leftOut()).isEqualTo(parameter.equals("temperature") ? Set.of(parameter) : Set.of());
        model.ask(prompt, Answer.Json.class);
        assertThat(model.sent(0).has(parameter)).isTrue();
        assertThat(List.of(model.sent(1), model.sent(2))).noneMatch(sent -> sent.has(parameter));
        assertThat(List.of(model.sent(1), model.sent(2))).as("the answer stays bounded")
                .allMatch(sent -> sent.path("max_tokens").asInt(0) + sent.path("max_completion_tokens").asInt(0) == 500);
        assertThat(model.requests()).hasSize(3);
        assertThat(model.ledger.list().getFirst().used()).isEqualTo(Amount.NONE);
    }

    @Test
    void whatOneTenantFoundOutIsNotAnothersFinding() {
        Prompt prompt = TestModel.PROMPT.with(new ModelParameters(null, 0.5, null));
        model.answers(aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"not supported\",\"param\":\"temperature\"}}"), says("Tea."));
        model.ask(prompt, Answer.Text.class);
        model.ask(new Tenant(UUID.randomUUID()), prompt);
        assertThat(model.sent(2).has("temperature")).isTrue();
    }

    @Test
    void aModelThatTakesNoLimitIsNotCalledWithoutOne() {
        model.answers(aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"not supported\",\"param\":\"max_tokens\"}}"),
                aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"not supported\",\"param\":\"max_completion_tokens\"}}"), says("endless"));
        model.fault(ServiceFault.BadRequest.class);
        assertThat(model.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "404|{\"error\":{\"message\":\"model \\\"llama9\\\" not found, try pulling it first\",\"type\":\"api_error\",\"param\":null,\"code\":null}}",
        "404|{\"error\":\"model 'llama9' not found\"}",
        "404|{\"object\":\"error\",\"message\":\"The model `llama9` does not exist.\",\"type\":\"NotFoundError\",\"param\":null,\"code\":404}",
        "404|{\"error\":{\"message\":\"The model `gpt-4` has been deprecated\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}",
        "403|{\"error\":{\"message\":\"You are not allowed to sample from this model\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}",
        "403|{\"error\":{\"message\":\"Project `proj_1` does not have access to model `gpt-9`\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}"
    })
    void aModelThatIsGoneIsAFaultOfItsOwn(String answer) {
        model.answers(aResponse().withStatus(Integer.parseInt(answer.substring(0, 3))).withBody(answer.substring(4)));
        assertThat(model.fault(ServiceFault.ModelNotFound.class).sentence()).contains("Choose another model");
        assertThat(model.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "402|{\"error\":{\"message\":\"Payment required\"}}",
        "429|{\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}",
        "429|{\"error\":{\"message\":\"Limit reached\",\"type\":\"billing\",\"code\":\"organization_spend_limit_exceeded\"}}"
    })
    void spentCreditIsTheMatterOfThePlanAndNotRetried(String answer) {
        model.answers(aResponse().withStatus(Integer.parseInt(answer.substring(0, 3))).withHeader("Retry-After", "1").withBody(answer.substring(4)));
        model.fault(ServiceFault.PlanRefused.class);
        assertThat(model.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "401 | {\"error\":{\"message\":\"Incorrect API key provided: sk-secret0123456789abcdef\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}} | KeyRefused",
        "401 | {\"error\":\"Unauthorized\"} | KeyRefused",
        "401 | <html>Please sign in to the hotel's network</html> | Intercepted",
        "404 | 404 page not found | Intercepted",
        "407 | {\"error\":\"proxy\"} | Intercepted",
        "404 | {\"error\":{\"message\":\"Invalid URL (POST /v2/chat/completions)\",\"type\":\"invalid_request_error\"}} | BadRequest",
        "400 | {\"error\":{\"message\":\"This model's maximum context length is 8192 tokens.\",\"code\":\"context_length_exceeded\"}} | BadRequest",
        "400 | {\"error\":{\"message\":\"messages must not be empty\"}} | BadRequest",
        "403 | {\"error\":{\"message\":\"Country, region, or territory not supported\",\"code\":\"unsupported_country_region_territory\"}} | BadRequest",
        "400 | [{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\"}}] | KeyRefused",
        "429 | {\"error\":{\"message\":\"Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 50000. The input or output tokens must be reduced.\",\"code\":\"rate_limit_exceeded\"}} | BadRequest",
        "429 | [{\"error\":{\"code\":429,\"message\":\"You exceeded your current quota, please check your plan. Please retry in 34.07s.\",\"status\":\"RESOURCE_EXHAUSTED\"}}] | Postponed",
        "200 | <html>welcome</html> | Intercepted",
        "200 | {\"choices\":[]} | Malformed",
        "200 | {\"choices\":[{\"message\":{\"content\":\"Half a | Malformed",
        "302 | moved | Malformed",
    })
    void theRightOneIsBlamed(int status, String body, String fault) {
        model.answers(aResponse().withStatus(status).withBody(body));
        assertThat(model.fault(ServiceFault.class).getClass().getSimpleName()).isEqualTo(fault);
        assertThat(model.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "503|{\"error\":{\"message\":\"Loading model\",\"type\":\"unavailable_error\",\"code\":503}}",
        "529|overloaded",
        "500|{\"error\":\"llama runner process has terminated\"}",
        "200|{\"error\":{\"message\":\"The server is overloaded\",\"type\":\"server_error\",\"code\":\"server_is_overloaded\"}}",
        "200|{\"error\":{\"message\":\"no slot\",\"code\":503}}"
    })
    void aPassingFaultIsTriedAgainAndItsWordsAreNeverText(String answer) {
        ResponseDefinitionBuilder failing = aResponse().withStatus(Integer.parseInt(answer.substring(0, 3))).withBody(answer.substring(4));
        model.answers(failing, failing, says("Good tea."));
        assertThat(model.ask(TestModel.PROMPT, Answer.Text.class).text()).isEqualTo("Good tea.");
        assertThat(model.ledger.list()).extracting(EnteredCalls.Entered::outcome).containsExactly(Outcome.FAILED, Outcome.FAILED, Outcome.OK);
        assertThat(model.waits).hasSize(2);
    }

    @Test
    void aConnectionThatBreaksInTheMiddleMayHaveCostTheMost() {
        model.answers(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), says("Good tea."));
        model.ask(TestModel.PROMPT, Answer.Text.class);
        EnteredCalls.Entered broken = model.ledger.list().getFirst();
        assertThat(broken.used()).isEqualTo(broken.most());
    }

    @Test
    void anOutageCostsOneTryEachTime() {
        model.answers(aResponse().withStatus(500));
        ServiceFault.Postponed first = model.fault(ServiceFault.Postponed.class);
        assertThat(model.requests()).hasSize(3);
        for (int i = 0; i < 20; i++) {
            assertThat(model.fault(ServiceFault.Postponed.class).until()).isEqualTo(first.until());
        }
        assertThat(model.requests()).as("nobody asks while it waits").hasSize(3);
        model.clock.forward(Duration.between(model.clock.instant(), first.until()));
        ServiceFault.Postponed second = model.fault(ServiceFault.Postponed.class);
        model.fault(ServiceFault.Postponed.class);
        assertThat(model.requests()).as("one try").hasSize(4);
        assertThat(Duration.between(model.clock.instant(), second.until())).as("the wait grows").isBetween(Duration.ofSeconds(60), Duration.ofSeconds(63));

        model.answers(says("Good tea."));
        model.ask(new Tenant(UUID.randomUUID()), TestModel.PROMPT);
        model.clock.forward(Duration.ofMinutes(2));
        model.ask(TestModel.PROMPT, Answer.Text.class);
        model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(model.requests()).hasSize(3);
    }

    @Test
    void aLimitIsWaitedForAsTheServerSays() {
        model.answers(aResponse().withStatus(429).withHeader("Retry-After", "90").withBody("{\"error\":{\"message\":\"slow down\",\"code\":\"rate_limit_exceeded\"}}"));
        ServiceFault.Postponed limited = model.fault(ServiceFault.Postponed.class);
        assertThat(limited.reason()).isEqualTo(ServiceFault.Postponed.Reason.RATE_LIMITED);
        assertThat(limited.until()).isEqualTo(model.clock.instant().plusSeconds(90));
        model.fault(ServiceFault.Postponed.class);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void aServerThatIsDownIsNeitherChargedNorLeftReserved() {
        TestModel nowhere = new TestModel(SERVER, new OpenAiChat(java.net.URI.create("http://localhost:1/v1"), "llama3.2"));
        nowhere.fault(ServiceFault.Postponed.class);
        assertThat(nowhere.ledger.list()).isEmpty();
    }

    @Test
    void aValueThatDoesNotFitIsRepairedByOneCall() {
        model.answers(says("The topics are tea and toast."), says("```json\\n{\\\"topics\\\":[\\\"tea\\\"]}\\n```"));
        Answer.Json answer = model.ask(TestModel.PROMPT.with(TestModel.SCHEMA), Answer.Json.class);
        assertThat(answer.value().path("topics").path(0).stringValue()).isEqualTo("tea");
        assertThat(answer.details().used().outputTokens()).isEqualTo(14);
        JsonNode repair = model.sent(1);
        assertThat(repair.path("messages").path(0).path("content").stringValue()).doesNotContain("The topics are tea");
        assertThat(repair.path("messages").path(1).path("content").stringValue()).contains("The topics are tea").contains("answer of a model");
    }

    @Test
    void aValueThatIsStillWrongIsNeverUsed() {
        model.answers(says("{\\\"topics\\\":[1,2]}"));
        Answer.Invalid answer = model.ask(TestModel.PROMPT.with(TestModel.SCHEMA), Answer.Invalid.class);
        assertThat(answer.reason()).contains("schema").contains("/topics/0 breaks type");
        assertThat(model.requests()).hasSize(2);
    }

    @Test
    void halfAValueIsNotRepaired() {
        model.answers(chat("{\"content\":\"{\\\"topics\\\":[\\\"te\"}", "\"length\""));
        model.ask(TestModel.PROMPT.with(TestModel.SCHEMA), Answer.Truncated.class);
        assertThat(model.requests()).as("one with more room, none to repair").hasSize(2);
    }
}

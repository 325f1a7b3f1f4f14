package social.coral.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.services.EnteredCalls.Entered;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Call.Outcome;
import tools.jackson.databind.JsonNode;

/** Embeddings of OpenAI and of servers that speak its interface. */
class OpenAiEmbeddingsTest {

    private static final int WIDTH = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final TestModel model = TestModel.openAi(SERVER);

    private static String base64(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private static String entry(int index, String embedding) {
        return "{\"object\":\"embedding\",\"index\":" + index + ",\"embedding\":" + embedding + "}";
    }

    private static ResponseDefinitionBuilder answer(String... entries) {
        return okJson("{\"object\":\"list\",\"model\":\"text-embedding-3-small\",\"data\":[" + String.join(",", entries)
                + "],\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}");
    }

    private List<float[]> embedded(String... texts) {
        return model.embed("text-embedding-3-small", WIDTH, List.of(texts), PATIENCE);
    }

    private <T extends ServiceFault> T fault(Class<T> type) {
        return model.fault(type, () -> embedded("tea"));
    }

    private Entered entered() {
        return model.ledger.list().getLast();
    }

    @Test
    void vectorsBelongToTheirTextsWhateverTheirOrderAndHaveTheLengthOne() {
        model.answers(answer(entry(1, base64(0, 0, -2)), entry(0, base64(3, 4, 0))));
        List<float[]> vectors = embedded("tea", "toast");
        assertThat(vectors.get(0)).containsExactly(0.6f, 0.8f, 0);
        assertThat(vectors.get(1)).containsExactly(0, 0, -1);
        assertThat(entered()).isEqualTo(new Entered(new Call("own_server", "POST /embeddings", "text-embedding-3-small", ""),
                new Amount(0, model.requests().getFirst().getBody().length, 0, 0, 0), Outcome.OK, new Amount(0, 9, 0, 0, 0)));
        JsonNode sent = model.sent(0);
        assertThat(sent.path("model").asString()).isEqualTo("text-embedding-3-small");
        assertThat(sent.path("input").valueStream().map(JsonNode::asString)).containsExactly("tea", "toast");
        assertThat(model.requests().getFirst().getUrl()).isEqualTo("/v1/embeddings");
        assertThat(model.requests().getFirst().getHeader("Authorization")).isEqualTo("Bearer " + TestModel.SECRET);
    }

    @Test
    void aServerThatWritesNumbersOutAndCountsNothingIsReadAndChargedTheMost() {
        model.answers(okJson("{\"data\":[" + entry(0, "[0,1e-3,0]") + "]}"));
        assertThat(embedded("tea").getFirst()).containsExactly(0, 1, 0);
        assertThat(entered().used()).isEqualTo(entered().most());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "{\"index\":0,\"embedding\":[1,0,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":0,\"embedding\":[0,1,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":2,\"embedding\":[0,1,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":-1,\"embedding\":[0,1,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"embedding\":[0,1,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":\"1\",\"embedding\":[0,1,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":[0,1]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":[0,0,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":[0,1e39,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":[0,null,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":[0,NaN,0]}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":\"AADAfwAAAAAAAAAA\"}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":\"no base64\"}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":\"AACAPw==\"}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1}",
        "{\"index\":0,\"embedding\":[1,0,0]},{\"index\":1,\"embedding\":[0,1,0]},{\"index\":2,\"embedding\":[0,1,0]}",
    })
    void nothingIsTakenFromAnAnswerThatIsNotOneVectorForEachText(String entries) {
        model.answers(answer(entries));
        model.fault(ServiceFault.Malformed.class, () -> embedded("tea", "toast"));
        assertThat(entered().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(entered().used().inputTokens()).as("the provider charges for it all the same").isPositive();
        assertThat(model.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "401 | {\"error\":{\"message\":\"Incorrect API key provided\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}} | KeyRefused | 1",
        "401 | {\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing scopes: model.request\",\"type\":\"invalid_request_error\"}} | Forbidden | 1",
        "403 | {\"error\":{\"message\":\"This key does not have permission\",\"type\":\"permission_error\",\"code\":\"permission_denied\"}} | Forbidden | 1",
        "403 | {\"error\":{\"message\":\"Country not supported\",\"type\":\"request_forbidden\",\"code\":\"unsupported_country_region_territory\"}} | BadRequest | 1",
        "429 | {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":\"insufficient_quota\"}} | PlanRefused | 1",
        "429 | {\"error\":{\"message\":\"Rate limit reached\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}} | Postponed | 1",
        "400 | {\"error\":{\"message\":\"'$.input' is invalid\",\"type\":\"invalid_request_error\"}} | BadRequest | 1",
        "404 | {\"error\":{\"message\":\"The model does not exist\",\"type\":\"invalid_request_error\",\"code\":\"model_not_found\"}} | ModelNotFound | 1",
        "500 | {\"error\":{\"message\":\"The server had an error\",\"type\":\"server_error\"}} | Postponed | 3",
        "503 | <html>Service Unavailable</html> | Postponed | 3",
        "403 | <html>Blocked</html> | Intercepted | 1",
        "407 | | Intercepted | 1",
    })
    void eachErrorSaysWhoIsToBlameAndCostsNothing(int status, String body, String fault, int calls) {
        model.answers(aResponse().withStatus(status).withBody(body));
        assertThat(fault(ServiceFault.class).getClass().getSimpleName()).isEqualTo(fault);
        assertThat(model.ledger.list()).hasSize(calls).allMatch(call -> call.used().equals(Amount.NONE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "<html>Sign in to the network</html> | Intercepted",
        "{\"object\":\"list\"} | Malformed",
        "{\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]} | Malformed",
        "{\"error\":{\"message\":\"Incorrect API key provided\",\"code\":\"invalid_api_key\"}} | KeyRefused",
        "[] | Malformed",
        "{\"data\":[ | Malformed",
    })
    void aStatusOf200DoesNotMakeItAnAnswer(String body, String fault) {
        model.answers(aResponse().withStatus(200).withBody(body));
        assertThat(fault(ServiceFault.class).getClass().getSimpleName()).isEqualTo(fault);
        assertThat(entered().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aCallThatEndsWithoutAnAnswerIsChargedTheMostAndTriedAgain() {
        model.answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        fault(ServiceFault.Postponed.class);
        assertThat(model.ledger.list()).hasSize(3).allMatch(call -> call.used().equals(call.most()) && call.outcome() == Outcome.FAILED);
        fault(ServiceFault.Postponed.class);
        assertThat(model.ledger.list()).as("held back now").hasSize(3);
    }

    @Test
    void nobodyWaitsLongerThanTheyWantTo() {
        model.answers(answer(entry(0, base64(1, 0, 0))).withFixedDelay(60_000));
        model.fault(ServiceFault.Postponed.class, () -> model.embed("m", WIDTH, List.of("tea"), Duration.ofMillis(50)));
        assertThat(model.ledger.list()).allMatch(call -> call.used().equals(call.most()));
    }

    @Test
    void aHugeAnswerIsNotRead() {
        model.answers(okJson("{\"data\":[],\"more\":\"" + "x".repeat(9 << 20) + "\"}"));
        fault(ServiceFault.Malformed.class);
        assertThat(entered().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void embeddingsThatAreHeldBackDoNotHoldChatBack() {
        model.answers(aResponse().withStatus(429).withHeader("Retry-After", "600").withBody("{\"error\":{\"code\":\"rate_limit_exceeded\",\"message\":\"Slow down\"}}"));
        fault(ServiceFault.Postponed.class);
        model.answers(okJson("{\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}"));
        assertThat(model.ask(TestModel.PROMPT, Answer.Text.class).text()).isEqualTo("Tea.");
    }

    @Test
    void manyTextsAndLongOnesAreSentInPartsThatTheModelReads() {
        String palms = "\uD83C\uDFDD".repeat(5_000);
        List<String> texts = new ArrayList<>(Collections.nCopies(100, "tea"));
        texts.set(70, palms);
        model.answers(answer(IntStream.range(0, 64).mapToObj(i -> entry(i, base64(1, 0, 0))).toArray(String[]::new)),
                answer(IntStream.range(0, 36).mapToObj(i -> entry(i, base64(0, 1, 0))).toArray(String[]::new)));
        List<float[]> vectors = model.embed("m", WIDTH, texts, PATIENCE);
        assertThat(vectors.stream().map(Arrays::toString).collect(Collectors.groupingBy(vector -> vector, Collectors.counting())))
                .containsEntry("[1.0, 0.0, 0.0]", 64L).containsEntry("[0.0, 1.0, 0.0]", 36L);
        String sent = model.sent(1).path("input").path(6).asString();
        assertThat(palms).startsWith(sent);
        assertThat(sent.getBytes(StandardCharsets.UTF_8)).hasSize(8_000);
    }
}

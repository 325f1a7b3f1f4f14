package social.coral.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.services.ServiceFault;
import social.coral.usage.Amount;
import social.coral.usage.Call;

class PerplexityTest {

    private static final String USAGE = "\"usage\":{\"input_tokens\":900,\"output_tokens\":80,\"total_tokens\":980,\"tool_calls_details\":{\"search_web\":{\"invocation\":2}},"
            + "\"cost\":{\"currency\":\"USD\",\"total_cost\":0.0054}}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private final TestModel model = TestModel.perplexity(SERVER);

    private static ResponseDefinitionBuilder answer(String text, String results) {
        return okJson("{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"model\":\"perplexity/sonar\",\"error\":null,\"output\":["
                + "{\"type\":\"search_results\",\"queries\":[\"tea\"],\"results\":" + results + "},"
                + "{\"type\":\"message\",\"role\":\"assistant\",\"status\":\"completed\",\"content\":[{\"type\":\"output_text\",\"text\":\"" + text + "\"}]}]," + USAGE + "}");
    }

    private static ResponseDefinitionBuilder earlier(String text, String lists) {
        return okJson("{\"model\":\"sonar\",\"choices\":[{\"message\":{\"content\":\"" + text + "\"},\"finish_reason\":\"stop\"}]," + lists
                + ",\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":8}}");
    }

    @Test
    void anAnswerLeadsToItsSourcesAndItsSearchesAreCounted() {
        model.answers(answer("Tea is old [1], and green [2].", """
                [{"id":1,"url":"https://tea.example/a","title":"Tea"},{"id":2,"url":"http://tea.example/b","title":"Green"}]"""));
        Answer.Text answer = model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(answer.text()).isEqualTo("Tea is old [1], and green [2].");
        assertThat(answer.details().sources()).containsExactly(new Source(1, "https://tea.example/a", "Tea"), new Source(2, "http://tea.example/b", "Green"));
        assertThat(model.ledger.list().getFirst().call()).isEqualTo(new Call("perplexity", "POST /v1/agent", "perplexity/sonar", "search_request"));
        assertThat(model.ledger.list().getFirst().used()).isEqualTo(new Amount(2, 900, 0, 80, 0));
        assertThat(model.ledger.list().getFirst().most().units()).isEqualTo(model.sent(0).path("max_steps").intValue());
    }

    @Test
    void aMarkerLeadsToItsSourceOrIsRemovedAndReported() {
        model.answers(answer("One [1]. Two [2]. Three [3]. Thirteen [13][1]. Item [x].", """
                [{"id":1,"url":"https://tea.example/a","title":"Tea"},{"id":2,"url":"javascript:alert(1)","title":"Script"},
                 {"id":3,"url":"https://mia:secret@tea.example/","title":"Login"}]"""));
        Answer.Text answer = model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(answer.text()).isEqualTo("One [1]. Two. Three. Thirteen[1]. Item [x].");
        assertThat(answer.details().removedMarkers()).containsExactlyInAnyOrder(2, 3, 13);
        assertThat(answer.details().sources()).extracting(Source::url).containsExactly("https://tea.example/a");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "\"search_results\":[{\"title\":\"A\",\"url\":\"https://a.example\"},{\"title\":\"B\",\"url\":\"https://b.example\"}] | https://b.example | B",
        "\"citations\":[\"https://a.example\",\"https://b.example\"] | https://b.example | ``",
        "\"citations\":[\"https://b.example\",\"https://a.example\"],\"search_results\":[{\"title\":\"B\",\"url\":\"https://b.example\"},{\"title\":\"A\",\"url\":\"https://a.example\"}] | https://a.example | A",
    })
    void theEarlierListsAreReadInTheOrderThatMarkersCountIn(String lists, String second, String title) {
        model.answers(earlier("Tea [2].", lists));
        Answer.Text answer = model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(answer.details().sources()).contains(new Source(2, second, title));
    }

    @Test
    void markersInAValueAreKeptTrueToo() {
        model.answers(answer("{\\\"topics\\\":[\\\"tea [1]\\\",\\\"toast [7]\\\"]}", "[{\"id\":1,\"url\":\"https://tea.example/a\",\"title\":\"Tea\"}]"));
        Answer.Json answer = model.ask(TestModel.PROMPT.with(TestModel.SCHEMA), Answer.Json.class);
        assertThat(answer.value().toString()).isEqualTo("{\"topics\":[\"tea [1]\",\"toast\"]}");
        assertThat(answer.details().removedMarkers()).containsExactly(7);
    }

    @Test
    void aRunThatFailedIsAFaultAlthoughItsStatusIs200() {
        model.answers(okJson("{\"status\":\"failed\",\"output\":[],\"error\":{\"message\":\"upstream overloaded\",\"type\":\"server_error\",\"code\":\"503\"}}"));
        assertThat(model.fault(ServiceFault.Postponed.class).sentence()).contains("upstream overloaded");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"status\":\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Half an\"}]}]} | Truncated",
        "{\"status\":\"incomplete\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Half an\"}]}]} | Truncated",
        "{\"status\":\"completed\",\"output\":[]} | Empty",
        "{\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"refusal\",\"refusal\":\"I will not\"}]}]} | Refused",
    })
    void whatIsNoAnswerIsNeverText(String body, String end) {
        model.answers(okJson(body));
        assertThat(model.ask(TestModel.PROMPT).getClass().getSimpleName()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "401 | {\"error\":{\"message\":\"Invalid API key\",\"type\":\"unauthorized\",\"code\":401}} | KeyRefused",
        "401 | {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\",\"code\":401}} | PlanRefused",
        "403 | {\"error\":{\"message\":\"Use /v1/agent\",\"type\":\"chat_completions_not_available\",\"code\":403}} | BadRequest",
        "400 | {\"error\":{\"message\":\"Invalid model 'sonar'\",\"type\":\"invalid_model\",\"code\":400}} | ModelNotFound",
        "429 | {\"error\":{\"message\":\"slow down\",\"type\":\"request_rate_limit_exceeded\",\"code\":429}} | Postponed",
        "424 | {\"error\":{\"message\":\"search failed\",\"code\":424}} | Postponed",
    })
    void theRightOneIsBlamed(int status, String body, String fault) {
        model.answers(aResponse().withStatus(status).withBody(body));
        assertThat(model.fault(ServiceFault.class).getClass().getSimpleName()).isEqualTo(fault);
    }
}

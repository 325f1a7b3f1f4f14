package social.coral.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.jspecify.annotations.Nullable;
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
        assertThat(model.ledger.list().getFirst().used()).isEqualTo(new Amount(2, 900, 0, 80, 0).costing(5_400));
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
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "Tea [1, 2]. Old [1, 13]. None [12,13]. | Tea [1, 2]. Old [1]. None. | 13",
        "Tea [13](https://x.example/a). Old [1](https://evil.example). | Tea. Old [1]. | 13",
        "Tea [web:7] and【13】, 【1†source】 [web:2]. | Tea and, [1] [2]. | 7",
        "Use arr[0] here. Olympics [2024]. Also `arr[13]` and ```a[13] b[14]```. | Use arr[0] here. Olympics [2024]. Also `arr[13]` and ```a[13] b[14]```. | \"\"",
    })
    void aMarkerInAnyFormIsToldFromTextThatIsNone(String text, String kept, String removed) {
        model.answers(answer(text, "[{\"id\":1,\"url\":\"https://a.example/\"},{\"id\":\"2\",\"url\":\"https://b.example/\"}]"));
        Answer.Text answer = model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(answer.text()).isEqualTo(kept);
        assertThat(answer.details().sources()).hasSize(2);
        assertThat(answer.details().removedMarkers().stream().map(String::valueOf)).contains(removed.isEmpty() ? new String[0] : new String[] {removed});
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '`', nullValues = "none", value = {
        "https://a.example/?q=a|b https://a.example/?q=a%7Cb",
        "`https://a.example/a b.pdf` https://a.example/a%20b.pdf",
        "https://a.example/100% https://a.example/100%25",
        "https://a.example/%C3%BC?f[0]=1#top https://a.example/%C3%BC?f[0]=1#top",
        "https://my_blog.example.com/p https://my_blog.example.com/p",
        "https://münchen.example/Köln https://xn--mnchen-3ya.example/Köln",
        "HTTPS://A.EXAMPLE:8443/ HTTPS://A.EXAMPLE:8443/",
        "https://[::1]/x https://[::1]/x",
        "javascript:alert(1) none", "data:text/html,x none", "//evil.example none", "https://u:p@a.example/ none", "https://a.example@evil.example/ none",
        "ftp://a.example/ none", "https:///x none", "https:// none", "https://a.example:99x/ none",
    })
    void anAddressIsTakenAsBrowsersTakeIt(String url, @Nullable String taken) {
        assertThat(Source.of(1, url, "A").map(Source::url).orElse(null)).isEqualTo(taken);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"input_tokens\":900,\"output_tokens\":80,\"tool_calls_details\":{\"search_web\":{\"invocation\":1},\"fetch_url\":{\"invocation\":3}}} | 1 | 0",
        "{\"input_tokens\":900,\"output_tokens\":80,\"tool_calls_details\":{},\"cost\":{\"total_cost\":0.0300001}} | 1 | 30001",
        "{\"input_tokens\":900,\"output_tokens\":80,\"cost\":{\"currency\":\"EUR\",\"total_cost\":0.03}} | 1 | 0",
        "{\"input_tokens\":900,\"output_tokens\":80,\"cost\":{\"total_cost\":-1}} | 1 | 0",
        "{\"input_tokens\":900,\"output_tokens\":80,\"cost\":{\"total_cost\":1e30}} | 1 | 0",
    })
    void itsSearchesAreCountedAndItsOwnCostIsTaken(String usage, int searches, long cost) {
        model.answers(okJson("{\"status\":\"completed\",\"model\":\"m\",\"output\":[{\"type\":\"search_results\",\"results\":[]},"
                + "{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"Tea.\"}]}],\"usage\":" + usage + "}"));
        model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(model.ledger.list().getFirst().used()).isEqualTo(new Amount(searches, 900, 0, 80, 0).costing(cost));
    }

    @Test
    void theEarlierFormCountsItsSearchesAndWhatItThought() {
        model.answers(okJson("{\"model\":\"sonar-deep-research\",\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}],\"usage\":"
                + "{\"prompt_tokens\":33,\"completion_tokens\":7163,\"total_tokens\":7196,\"num_search_queries\":21,\"reasoning_tokens\":73997}}"));
        model.ask(TestModel.PROMPT, Answer.Text.class);
        assertThat(model.ledger.list().getFirst().used()).isEqualTo(new Amount(21, 33, 0, 81_160, 73_997));
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
        "401 | <html><head><title>401 Authorization Required</title></head><body>openresty</body></html> | KeyRefused",
        "401 | <html>Please sign in</html> | Intercepted",
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

package social.coral.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.notContaining;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.models.Answer;
import social.coral.models.Instructions;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Prompt;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a language model's answers and faults do to a run. */
@CoralTest
@DirtiesContext
@Import(ModelRunsTest.Writing.class)
class ModelRunsTest {

    private static final String AGENT = "writing";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    /** An agent that asks the model that the person chose. */
    static final class Writing implements Agent {

        @Override
        public AgentDescription about() {
            return new AgentDescription(AGENT, "Write", "Writes a sentence.", Set.of(LanguageModel.class));
        }

        @Override
        public String work(Run run) {
            for (String step : run.plan(List.of("first", "second"))) {
                run.step(step, memory -> {
                    Answer answer = run.service(LanguageModel.class)
                            .answer(new Prompt(Instructions.of("Write a sentence."), List.of(new Material(Material.Kind.POST, "@reef_notes", "Tea"))));
                    return answer instanceof Answer.Text text ? text.text() : "nothing";
                });
            }
            return "Written";
        }
    }

    @Autowired
    TenantDoor door;

    @Autowired
    ApiKeys keys;

    @Autowired
    Agents agents;

    @Autowired
    Runs runs;

    @Autowired
    ScheduledStarts scheduled;

    @Autowired
    People people;

    private TestPerson person;
    private Tenant tenant;

    @DynamicPropertySource
    static void theServer(DynamicPropertyRegistry registry) {
        registry.add("coral.models.openai-url", () -> SERVER.baseUrl() + "/v1");
        registry.add("coral.models.anthropic-url", SERVER::baseUrl);
        registry.add("coral.egress.allow-private", () -> SERVER.baseUrl().replace("http://", ""));
    }

    @BeforeEach
    void aTenantWithAKey() {
        person = people.aPerson();
        tenant = person.tenant();
        tenant.run(() -> keys.save(ServiceName.OPENAI, "sk-0123456789abcdef"));
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(post(anyUrl()).willReturn(answer));
    }

    private AgentRun until(UUID run, RunStatus status) throws Exception {
        await().atMost(Duration.ofSeconds(60)).until(() -> tenant.call(() -> runs.find(run).orElseThrow()).status() == status);
        return tenant.call(() -> runs.find(run).orElseThrow());
    }

    private static int calls() {
        return SERVER.findAll(postRequestedFor(anyUrl())).size();
    }

    @Test
    void anAgentUsesTheServerThatTheOperatorRunsAndPaysNothing() throws Exception {
        answers(okJson("{\"model\":\"llama3.2\",\"choices\":[{\"message\":{\"content\":\"Tea is good.\"},\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":7}}"));
        AgentRun ended = until(tenant.call(() -> agents.run(AGENT)).id(), RunStatus.SUCCEEDED);
        assertThat(ended.steps()).extracting(AgentRun.RunStep::summary).containsExactly("Tea is good.", "Tea is good.");
        assertThat(ended.costMicroUsd()).isZero();
        assertThat(tenant.call(() -> door.sql("""
                        select service_name || ' ' || model || ' ' || input_tokens || ' ' || output_tokens as entry from public.api_usage_logs
                        where user_id = :tenant
                        """).list(row -> row.getString("entry")))).containsExactly("own_server gpt-6.2-sol 30 7", "own_server gpt-6.2-sol 30 7");
    }

    @Test
    void aModelThatIsGoneStopsTheRun() throws Exception {
        answers(aResponse().withStatus(404).withBody("{\"error\":{\"message\":\"model 'gpt-6.2-sol' not found\"}}"));
        AgentRun ended = until(tenant.call(() -> agents.run(AGENT)).id(), RunStatus.FAILED);
        assertThat(ended.errorCode()).isEqualTo("model_not_found");
        assertThat(ended.error()).contains("Choose another model");
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void theScheduleDoesNotAskForAModelThatIsGoneEachTime() throws Exception {
        answers(aResponse().withStatus(404).withBody("{\"error\":{\"message\":\"model 'gpt-6.2-sol' not found\"}}"));
        tenant.run(() -> scheduled.start(AGENT));
        UUID run = tenant.call(() -> runs.latest(AGENT).orElseThrow()).id();
        AgentRun waiting = until(run, RunStatus.WAITING);
        assertThat(waiting.errorCode()).isEqualTo("model_not_found");
        assertThat(waiting.waitingUntil()).isAfter(Instant.now().plus(Duration.ofDays(6)));
        for (int i = 0; i < 5; i++) {
            tenant.run(() -> scheduled.start(AGENT));
        }
        assertThat(tenant.call(() -> runs.latest(AGENT).orElseThrow()).id()).isEqualTo(run);
        assertThat(calls()).isEqualTo(1);
    }

    @Test
    void anOutageMakesTheRunWaitAndNothingIsLost() throws Exception {
        answers(aResponse().withStatus(529).withBody("{\"error\":{\"message\":\"Overloaded\"}}"));
        AgentRun waiting = until(tenant.call(() -> agents.run(AGENT)).id(), RunStatus.WAITING);
        assertThat(waiting.errorCode()).isEqualTo("unavailable");
        assertThat(waiting.steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.WAITING, StepStatus.PLANNED);
        assertThat(calls()).isEqualTo(3);
    }

    @Test
    void spentCreditMakesTheRunWaitOnceAndPausesTheKey() throws Exception {
        answers(aResponse().withStatus(429).withBody("{\"error\":{\"message\":\"You exceeded your current quota\",\"code\":\"insufficient_quota\"}}"));
        AgentRun waiting = until(tenant.call(() -> agents.run(AGENT)).id(), RunStatus.WAITING);
        assertThat(waiting.errorCode()).isEqualTo("plan_refused");
        assertThat(waiting.steps()).extracting(AgentRun.RunStep::status).containsExactly(StepStatus.WAITING, StepStatus.PLANNED);
        assertThat(tenant.call(() -> keys.find(ServiceName.OPENAI).orElseThrow()).pauseDetail()).contains("No credit is left at OpenAI");
        assertThat(calls()).isEqualTo(1);
    }

    private static final String SETTINGS = "/api/agents/writing/settings";
    private static final String OF_ANTHROPIC = "{\"model\":\"claude-opus-6\",\"content\":[{\"type\":\"text\",\"text\":\"Tea.\"}],\"stop_reason\":\"end_turn\","
            + "\"usage\":{\"input_tokens\":9,\"output_tokens\":2}}";

    @Test
    void anAgentUsesTheModelThatThePersonChose() throws Exception {
        tenant.run(() -> keys.save(ServiceName.ANTHROPIC, "sk-ant-0123456789abcdef"));
        assertThat(person.get(SETTINGS).json().at("/settings").toString())
                .isEqualTo("{\"provider\":null,\"model\":null,\"temperature\":null,\"max_output_tokens\":null,\"not_taken\":[]}");
        TestAnswer changed = person.patch(SETTINGS, Map.of("provider", "anthropic", "model", "claude-opus-6", "temperature", 0.5, "max_output_tokens", 500));
        assertThat(changed.status()).isEqualTo(200);
        assertThat(person.get("/api/agents").json().at("/agents").toString()).contains("\"needs\":[\"anthropic\"]");

        answers(okJson(OF_ANTHROPIC));
        until(tenant.call(() -> agents.run(AGENT)).id(), RunStatus.SUCCEEDED);
        JsonNode sent = new JsonMapper().readTree(SERVER.findAll(postRequestedFor(urlEqualTo("/v1/messages"))).getFirst().getBodyAsString());
        assertThat(sent.path("model").asString()).isEqualTo("claude-opus-6");
        assertThat(sent.path("temperature").asDouble()).isEqualTo(0.5);
        assertThat(sent.path("max_tokens").asInt()).isEqualTo(500);

        assertThat(person.patch(SETTINGS, Map.of("provider", "openai")).json().at("/settings/model").isNull()).as("a model belongs to its provider").isTrue();
    }

    @Test
    void withoutAChoiceTheFirstProviderWithAKeyIsUsed() throws Exception {
        tenant.run(() -> keys.delete(ServiceName.OPENAI));
        assertThat(tenant.call(() -> agents.get(AGENT)).missing()).containsExactly(ServiceName.OPENAI);
        tenant.run(() -> keys.save(ServiceName.PERPLEXITY, "pplx-0123456789abcdef"));
        assertThat(tenant.call(() -> agents.get(AGENT)).needs()).containsExactly(ServiceName.PERPLEXITY);
        assertThat(tenant.call(() -> agents.get(AGENT)).ready()).isTrue();
        assertThat(person.patch(SETTINGS, Map.of("model", "perplexity/sonar-pro")).text("/settings/provider")).isEqualTo("perplexity");
    }

    @Test
    void anotherModelWakesTheRunThatWaitsForOne() throws Exception {
        answers(aResponse().withStatus(404).withBody("{\"error\":{\"message\":\"model 'gpt-6.2-sol' not found\"}}"));
        tenant.run(() -> scheduled.start(AGENT));
        UUID run = tenant.call(() -> runs.latest(AGENT).orElseThrow()).id();
        until(run, RunStatus.WAITING);
        answers(okJson("{\"model\":\"gpt-7\",\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}"));
        person.browser().form("/agents/writing/model", Map.of("provider", "openai", "model", "gpt-7", "temperature", "", "max_output_tokens", ""));
        until(run, RunStatus.SUCCEEDED);
    }

    @Test
    void wrongSettingsAreNamedAndNothingChanges() {
        Map<Map<String, ?>, String> wrong = Map.of(
                Map.of("provider", "acme"), "provider", Map.of("provider", 3), "provider",
                Map.of("model", ""), "model", Map.of("model", "gpt 6\n"), "model", Map.of("model", "m".repeat(101)), "model",
                Map.of("temperature", "warm"), "temperature", Map.of("temperature", 2.01), "temperature", Map.of("provider", "anthropic", "temperature", 1.5), "temperature",
                Map.of("max_output_tokens", 1.5), "max_output_tokens", Map.of("user_id", "x"), "user_id");
        wrong.forEach((fields, field) -> {
            TestAnswer answer = person.patch(SETTINGS, fields);
            assertThat(answer.status()).as(fields.toString()).isEqualTo(400);
            assertThat(answer.text("/errors/0/field")).as(fields.toString()).isEqualTo(field);
        });
        assertThat(person.patch(SETTINGS, Map.of("model", "gpt-7", "max_output_tokens", 0)).status()).isEqualTo(400);
        assertThat(person.get(SETTINGS).json().at("/settings/model").isNull()).isTrue();
        assertThat(person.patch("/api/agents/tweet-scraping/settings", Map.of("model", "gpt-7")).body()).contains("This agent uses no language model.");
        assertThat(person.patch("/api/agents/tweet-scraping/settings", Map.of()).status()).isEqualTo(200);
        assertThat(person.get("/api/agents/nobody/settings").status()).isEqualTo(404);
        assertThat(person.patch("/api/agents/nobody/settings", Map.of()).status()).isEqualTo(404);
    }

    @Test
    void aParameterThatTheModelRefusesIsLeftOutAndNamed() throws Exception {
        SERVER.stubFor(post(anyUrl()).withRequestBody(containing("temperature")).willReturn(aResponse().withStatus(400)
                .withBody("{\"error\":{\"message\":\"Unsupported value: 'temperature' is not supported with this model.\",\"param\":\"temperature\"}}")));
        SERVER.stubFor(post(anyUrl()).withRequestBody(notContaining("temperature"))
                .willReturn(okJson("{\"model\":\"o9\",\"choices\":[{\"message\":{\"content\":\"Tea.\"},\"finish_reason\":\"stop\"}]}")));
        person.patch(SETTINGS, Map.of("provider", "openai", "model", "o9", "temperature", 0.2));
        until(tenant.call(() -> agents.run(AGENT)).id(), RunStatus.SUCCEEDED);
        assertThat(calls()).as("found out once for both steps").isEqualTo(3);
        assertThat(person.get(SETTINGS).json().at("/settings/not_taken/0").asString()).isEqualTo("temperature");
        assertThat(person.browser().get("/agents/writing/model").body()).contains("o9 takes no temperature.");
    }

    @Test
    void theListOfModelsIsAskedOfTheProviderOnceADay() {
        SERVER.stubFor(get(urlEqualTo("/v1/models")).willReturn(okJson("{\"data\":[{\"id\":\"gpt-7\"},{\"id\":\"text-embedding-9\"},{\"id\":\"<script>\"},{\"id\":\"gpt-6.2-sol\"},{}]}")));
        for (int i = 0; i < 3; i++) {
            assertThat(person.browser().get("/agents/writing/model").body()).contains("<option value=\"gpt-7\">", "OpenAI offers you 2 models.");
        }
        assertThat(SERVER.findAll(getRequestedFor(urlEqualTo("/v1/models")))).hasSize(1);
        assertThat(people.aPerson().browser().get("/agents/writing/model").body()).as("somebody without a key").contains("cannot be listed", "Leave it empty for gpt-6.2-sol.");
        assertThat(person.browser().get("/agents/tweet-scraping/model").status()).isEqualTo(404);
    }
}

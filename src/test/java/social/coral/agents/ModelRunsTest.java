package social.coral.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
import social.coral.Tenants;
import social.coral.models.Answer;
import social.coral.models.Instructions;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Prompt;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** What a language model's answers and faults do to a run. */
@CoralTest
@DirtiesContext
@Import(ModelRunsTest.Writing.class)
class ModelRunsTest {

    private static final String AGENT = "writing";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    /** An agent that asks a model. */
    static final class Writing implements Agent {

        @Override
        public AgentDescription about() {
            return new AgentDescription(AGENT, "Write", "Writes a sentence.", Set.of(LanguageModel.OpenAi.class));
        }

        @Override
        public String work(Run run) {
            for (String step : run.plan(List.of("first", "second"))) {
                run.step(step, memory -> {
                    Answer answer = run.service(LanguageModel.OpenAi.class)
                            .answer(new Prompt(Instructions.of("Write a sentence."), List.of(new Material(Material.Kind.POST, "@reef_notes", "Tea"))));
                    return answer instanceof Answer.Text text ? text.text() : "nothing";
                });
            }
            return "Written";
        }
    }

    @Autowired
    Databases databases;

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

    private Tenant tenant;

    @DynamicPropertySource
    static void theServer(DynamicPropertyRegistry registry) {
        registry.add("coral.models.openai-url", () -> SERVER.baseUrl() + "/v1");
        registry.add("coral.egress.allow-private", () -> SERVER.baseUrl().replace("http://", ""));
    }

    @BeforeEach
    void aTenantWithAKey() {
        tenant = Tenants.aTenant(databases);
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
}

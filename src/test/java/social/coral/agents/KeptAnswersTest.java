package social.coral.agents;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.jobs.TestTurn;
import social.coral.models.Answer;
import social.coral.models.Instructions;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Prompt;
import social.coral.networks.SocialNetwork;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** No call to a model or a network is paid for twice, wherever the process dies. */
@CoralTest
@DirtiesContext
class KeptAnswersTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    /** The end of the process. */
    private static final class Died extends Error {}

    record Written(String text, boolean stored) {}

    @Autowired private People people;
    @Autowired private TenantDoor door;
    @Autowired private ApiKeys keys;
    @Autowired private RunTools tools;
    @Autowired private Runs runs;

    private Tenant tenant;
    /** How many places where the process can die are passed until it does; negative for none. */
    private int left = -1;
    private int passed;

    @DynamicPropertySource
    static void theServer(DynamicPropertyRegistry registry) {
        registry.add("coral.models.openai-url", () -> SERVER.baseUrl() + "/v1");
        registry.add("coral.networks.x-api-url", SERVER::baseUrl);
        registry.add("coral.egress.allow-private", () -> SERVER.baseUrl().replace("http://", ""));
    }

    @BeforeEach
    void aTenantWithAKey() {
        tenant = people.aPerson().tenant();
        tenant.run(() -> keys.save(ServiceName.OPENAI, "sk-0123456789abcdef"));
        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, "AAAAAAAAAAAAAAAAAAAAAexample"));
        SERVER.stubFor(get(anyUrl()).willReturn(okJson("{\"data\":{\"id\":\"7\",\"username\":\"reef_notes\",\"name\":\"Reef\"}}")));
        SERVER.stubFor(post(anyUrl()).willReturn(okJson("{\"model\":\"llama3.2\",\"choices\":[{\"message\":{\"content\":\"Tea is good.\"},"
                + "\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":30,\"completion_tokens\":7}}")));
    }

    private void place() {
        passed++;
        if (left >= 0 && left-- == 0) {
            throw new Died();
        }
    }

    /** Asks a network and a model twice in the same words in each of two steps, and keeps a note of each answer. */
    private Agent asking() {
        return new Agent() {
            @Override
            public AgentDescription about() {
                return new AgentDescription("asking", "Ask", "Asks.", Set.of(SocialNetwork.class, LanguageModel.class));
            }

            @Override
            public String work(Run run) {
                for (String step : run.plan(List.of("first", "second"))) {
                    place();
                    run.step(step, memory -> {
                        Written written = run.recalled(step, Written.class).orElseGet(() -> {
                            place();
                            Written answers = new Written(answer(run) + answer(run), false);
                            return committed(memory, () -> new Run.Committed<>(answers, answers));
                        });
                        if (!written.stored()) {
                            committed(memory, () -> {
                                run.log(Run.Level.INFO, step + ": " + written.text());
                                return new Run.Committed<>(new Written(written.text(), true), written);
                            });
                        }
                        return "done";
                    });
                    place();
                }
                return "Asked";
            }
        };
    }

    private String answer(Run run) {
        String author = run.service(SocialNetwork.class).user("reef_notes").name();
        place();
        Answer answer = run.service(LanguageModel.class)
                .answer(new Prompt(Instructions.of("Write a sentence."), List.of(new Material(Material.Kind.POST, "@reef_notes", "Tea"))));
        place();
        return author + ": " + ((Answer.Text) answer).text();
    }

    private <T extends Object> T committed(Run.Memory memory, Supplier<Run.Committed<T>> writes) {
        T result = memory.commit(() -> {
            place();
            Run.Committed<T> written = writes.get();
            place();
            return written;
        });
        place();
        return result;
    }

    private UUID aRun() throws Exception {
        return tenant.call(() -> door.sql("insert into public.agent_runs (agent, trigger) values ('asking', 'person') returning id")
                .one(row -> row.getObject("id", UUID.class)));
    }

    private void work(UUID run) throws Exception {
        tenant.run(() -> new RunEngine(List.of(asking()), tools).work(run, TestTurn.ENDLESS, Instant.EPOCH));
    }

    private static int calls() {
        return SERVER.findAll(anyRequestedFor(anyUrl())).size();
    }

    private List<String> told(UUID run) throws Exception {
        return tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant and run_id = :run and action = 'run' order by details")
                .param("run", run).list(row -> row.getString(1)));
    }

    private int rows(UUID run, @Nullable String of) throws Exception {
        return tenant.call(() -> of == null
                ? door.sql("select count(*) from public.run_answers where user_id = :tenant and run_id = :run").param("run", run).one(row -> row.getInt(1))
                : door.sql("select count(*) from public.api_usage_logs where user_id = :tenant and run_id = :run").param("run", run).one(row -> row.getInt(1)));
    }

    @Test
    void whereverTheProcessDiesTheRowsAreThoseOfAnUndisturbedRunAndNothingIsAskedTwice() throws Exception {
        UUID undisturbed = aRun();
        work(undisturbed);
        int places = passed;
        assertThat(places).isGreaterThan(15);
        assertThat(calls()).isEqualTo(8);
        List<String> expected = told(undisturbed);
        assertThat(expected).containsExactly("first: Reef: Tea is good.Reef: Tea is good.", "second: Reef: Tea is good.Reef: Tea is good.");
        for (int place = 0; place < places; place++) {
            SERVER.resetRequests();
            UUID run = aRun();
            left = place;
            assertThatExceptionOfType(Died.class).isThrownBy(() -> work(run));
            work(run);
            assertThat(runs(run).status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(calls()).as("calls after a death at place " + place).isEqualTo(8);
            assertThat(rows(run, "ledger")).isEqualTo(8);
            assertThat(told(run)).isEqualTo(expected);
            assertThat(rows(run, null)).as("answers that are left").isZero();
        }
    }

    @Test
    void aProcessThatDiesAgainAndAgainPaysOnce() throws Exception {
        UUID run = aRun();
        List<Integer> deaths = new ArrayList<>();
        for (int death = 0; death < 40 && !runs(run).status().isOver(); death++) {
            left = 3;
            try {
                work(run);
            } catch (Died died) {
                deaths.add(death);
            }
        }
        assertThat(deaths).isNotEmpty();
        left = -1;
        work(run);
        assertThat(runs(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(calls()).isEqualTo(8);
    }

    private AgentRun runs(UUID run) throws Exception {
        return tenant.call(() -> runs.find(run).orElseThrow());
    }
}

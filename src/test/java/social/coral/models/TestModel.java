package social.coral.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import social.coral.egress.TestEgress;
import social.coral.networks.MovableClock;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;
import social.coral.services.ServiceFault;
import social.coral.tenancy.Tenant;
import social.coral.vault.ServiceName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A model behind a stand-in of its provider, called over a real socket for one tenant. */
final class TestModel {

    static final String SECRET = "sk-secret0123456789abcdef";
    static final Prompt PROMPT = new Prompt(Instructions.of("Say something about the post."), List.of(new Material(Material.Kind.POST, "@reef_notes", "Tea & toast")));
    static final JsonSchema SCHEMA = JsonSchema.of("topics", """
            {"type":"object","properties":{"topics":{"type":"array","items":{"type":"string"},"maxItems":5}},"required":["topics"],"additionalProperties":false}""");

    final EnteredCalls ledger = new EnteredCalls();
    final List<Duration> waits = new ArrayList<>();
    final MovableClock clock = new MovableClock();
    final Tenant tenant = new Tenant(UUID.randomUUID());
    private final @Nullable WireMockExtension server;
    private final Provider provider;
    private final ModelTools tools;

    /** One behind a stand-in of the test's own. */
    TestModel(Provider provider) {
        this(null, provider);
    }

    TestModel(@Nullable WireMockExtension server, Provider provider) {
        this.server = server;
        this.provider = provider;
        this.tools = new ModelTools(TestEgress.openTo(provider.base().toString()), clock, new Backoff(() -> 0L, waits::add), new Circuits(clock), new Remembered());
    }

    static TestModel openAi(WireMockExtension server) {
        return new TestModel(server, new OpenAiChat(URI.create(server.baseUrl() + "/v1"), "llama3.2"));
    }

    static TestModel anthropic(WireMockExtension server) {
        return new TestModel(server, new AnthropicMessages(URI.create(server.baseUrl()), "claude-sonnet-5-5"));
    }

    static TestModel perplexity(WireMockExtension server) {
        return new TestModel(server, new PerplexityAgent(URI.create(server.baseUrl()), "perplexity/sonar"));
    }

    /** Answers each call with the next of these, and further ones with the last. */
    void answers(ResponseDefinitionBuilder... answers) {
        WireMockExtension server = Objects.requireNonNull(this.server);
        server.resetAll();
        for (int i = 0; i < answers.length; i++) {
            server.stubFor(WireMock.post(WireMock.anyUrl()).inScenario("calls").whenScenarioStateIs(i == 0 ? Scenario.STARTED : "call " + i)
                    .willSetStateTo("call " + Math.min(i + 1, answers.length - 1)).willReturn(answers[i]));
        }
        if (answers.length == 1) {
            server.resetAll();
            server.stubFor(WireMock.post(WireMock.anyUrl()).willReturn(answers[0]));
        }
    }

    Answer ask(Prompt prompt) {
        return ask(tenant, prompt);
    }

    Answer ask(Tenant asking, Prompt prompt) {
        return ask(asking, prompt, Draft.UNSEEN);
    }

    Answer ask(Prompt prompt, Draft draft) {
        return ask(tenant, prompt, draft);
    }

    List<float[]> embed(String model, int width, List<String> texts, Duration patience) {
        return called(tenant, () -> new OpenAiEmbeddings(provider, SECRET, ledger, tools).of(model, width, texts, patience));
    }

    private Answer ask(Tenant asking, Prompt prompt, Draft draft) {
        return called(asking, () -> new ModelClient(new ModelCalls(provider, SECRET, ledger, tools)).answer(prompt, draft));
    }

    private static <T extends Object> T called(Tenant asking, Callable<T> call) {
        try {
            return asking.call(call::call);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    <T extends Answer> T ask(Prompt prompt, Class<T> type) {
        Answer answer = ask(prompt);
        assertThat(answer).isInstanceOf(type);
        return type.cast(answer);
    }

    <T extends ServiceFault> T fault(Class<T> type) {
        return fault(type, () -> ask(PROMPT));
    }

    <T extends ServiceFault> T fault(Class<T> type, ThrowingCallable call) {
        Throwable fault = Assertions.catchThrowable(call);
        assertThat(fault).isInstanceOf(type);
        assertThat(type.cast(fault).sentence()).isNotBlank().doesNotContain(SECRET);
        assertThat(ledger.stillOpen()).isZero();
        return type.cast(fault);
    }

    List<LoggedRequest> requests() {
        return Objects.requireNonNull(server).findAll(WireMock.postRequestedFor(WireMock.anyUrl()));
    }

    JsonNode sent(int call) {
        return new JsonMapper().readTree(requests().get(call).getBodyAsString());
    }

    /** Remembers them in memory, for models that are called without a database. */
    private static final class Remembered implements RefusedParameters {

        private final Map<String, Set<String>> refused = new HashMap<>();

        @Override
        public Set<String> of(ServiceName service, String model) {
            return Set.copyOf(refused.getOrDefault(Tenant.current() + " " + service + " " + model, Set.of()));
        }

        @Override
        public void add(ServiceName service, String model, String parameter) {
            refused.computeIfAbsent(Tenant.current() + " " + service + " " + model, key -> new HashSet<>()).add(parameter);
        }
    }
}

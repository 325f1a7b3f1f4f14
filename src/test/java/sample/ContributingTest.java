package sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.CoralApplication;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.AgentRun;
import social.coral.agents.Agents;
import social.coral.agents.Run;
import social.coral.agents.RunStatus;
import social.coral.agents.Runs;
import social.coral.egress.Peer;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The agent and the service that CONTRIBUTING.md shows, compiled and run by the product as it is. */
@CoralTest
@ContextConfiguration(classes = CoralApplication.class)
@Import({PostCounting.class, Translations.Registration.class, ContributingTest.Translating.class})
class ContributingTest {

    private static final Peer OPENAI = Peer.thatChooses(request -> request.contains("Bearer good-")
            ? Peer.text("200 OK", "Guten Tag")
            : Peer.text("401 Unauthorized", ""));

    /** An agent that uses the new service. */
    static final class Translating implements Agent {

        @Override
        public AgentDescription about() {
            return new AgentDescription("translating", "Translate", "Translates a greeting.", Set.of(Translations.class));
        }

        @Override
        public String work(Run run) {
            run.step("greeting", memory -> run.service(Translations.class).german("Good day"));
            return "Translated";
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

    private Tenant tenant;

    @DynamicPropertySource
    static void theService(DynamicPropertyRegistry registry) {
        registry.add("sample.translations", OPENAI::url);
        registry.add("coral.egress.allow-private", () -> OPENAI.url().replace("http://", ""));
    }

    @BeforeEach
    void aTenant() {
        tenant = Tenants.aTenant(databases);
    }

    @AfterAll
    static void close() throws IOException {
        OPENAI.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PostCounting", "Translations"})
    void theCodeThatIsShownIsTheCodeThatRuns(String type) throws IOException {
        String source = Files.readString(Path.of("src/test/java/sample/" + type + ".java"));
        assertThat(Files.readString(Path.of("CONTRIBUTING.md"))).contains("```java\n" + source.substring(source.indexOf("/**")) + "```");
    }

    @Test
    void theAgentThatIsShownRuns() throws Exception {
        assertThat(tenant.call(() -> agents.get("post-counting")).unmet()).hasFieldOrPropertyWithValue("title", "You are not listening to any account");
        tenant.run(() -> door.sql("insert into public.x_accounts (username) values ('reef_notes')").update());
        AgentRun ended = runToItsEnd("post-counting");
        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.steps()).extracting(AgentRun.RunStep::summary).containsExactly("0 posts");
    }

    @Test
    void theServiceThatIsShownIsCalledWithTheTenantsKeyAndEntered() throws Exception {
        assertThat(tenant.call(() -> agents.get("translating")).missing()).containsExactly(ServiceName.OPENAI);
        tenant.run(() -> keys.save(ServiceName.OPENAI, "good-0123456789abcdef"));
        AgentRun ended = runToItsEnd("translating");
        assertThat(ended.steps()).extracting(AgentRun.RunStep::summary).containsExactly("Guten Tag");
        assertThat(ended.costMicroUsd()).isEqualTo(1_000);
    }

    @Test
    void aKeyThatTheServiceRefusesStopsTheRunAndIsMarked() throws Exception {
        tenant.run(() -> keys.save(ServiceName.OPENAI, "bad-0123456789abcdef"));
        AgentRun ended = runToItsEnd("translating");
        assertThat(ended.errorCode()).isEqualTo("credentials_refused");
        assertThat(tenant.call(() -> keys.find(ServiceName.OPENAI).orElseThrow()).state()).isEqualTo(ApiKey.State.REFUSED);
    }

    private AgentRun runToItsEnd(String agent) throws Exception {
        UUID run = tenant.call(() -> agents.run(agent)).id();
        await().atMost(Duration.ofSeconds(60)).until(() -> tenant.call(() -> runs.find(run).orElseThrow()).status().isOver());
        return tenant.call(() -> runs.find(run).orElseThrow());
    }
}

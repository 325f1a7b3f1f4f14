package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.installation.DatabaseServer;
import social.coral.networks.TestNetwork;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** A tenant with more accounts than there may be, on a network that lets itself be asked for all of them. */
@CoralTest
@DirtiesContext
class ManyAccountsTest {

    private static final TestNetwork NETWORK = new TestNetwork();

    @Autowired
    Databases databases;

    @Autowired
    DatabaseServer server;

    @Autowired
    ApiKeys keys;

    @Autowired
    Agents agents;

    @Autowired
    Runs runs;

    @DynamicPropertySource
    static void thatNetworkIsX(DynamicPropertyRegistry registry) {
        NETWORK.becomeX(registry);
    }

    @AfterAll
    static void close() {
        NETWORK.close();
    }

    @Test
    void aRunTellsOfTheAccountsThatItLeavesToTheNext() throws Exception {
        Tenant tenant = Tenants.aTenant(databases);
        try (Connection owner = server.connectAsOwner(); Statement statement = owner.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + tenant.id() + "\"}', false)");
            statement.execute("insert into public.x_accounts (username) select 'account_' || n from generate_series(1, 502) n");
        }
        UUID run = tenant.call(() -> {
            keys.save(ServiceName.TWITTER_BEARER, TestNetwork.QUICK_KEY);
            return agents.run("tweet-scraping").id();
        });
        await().atMost(Duration.ofMinutes(3)).until(() -> tenant.call(() -> runs.find(run).orElseThrow()).status().isOver());
        AgentRun over = tenant.call(() -> runs.find(run).orElseThrow());
        assertThat(over.progress().message()).isEqualTo(
                "No new posts from 500 accounts; 2 more accounts in the next run, because a run visits at most 500");
        assertThat(over.steps()).hasSize(500).extracting(AgentRun.RunStep::status).containsOnly(StepStatus.SUCCEEDED);
    }
}

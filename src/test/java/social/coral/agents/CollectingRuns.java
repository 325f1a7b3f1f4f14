package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.Tenants;
import social.coral.content.Username;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** A new tenant whose collecting runs are started, followed and looked at. */
abstract class CollectingRuns {

    static final String AGENT = "tweet-scraping";

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    @Autowired
    ApiKeys keys;

    @Autowired
    XAccounts accounts;

    @Autowired
    Agents agents;

    @Autowired
    Runs runs;

    Tenant tenant;

    @BeforeEach
    final void aTenant() {
        tenant = Tenants.aTenant(databases);
    }

    void follows(String... names) {
        tenant.run(() -> List.of(names).forEach(name -> accounts.add(Username.of("username", name), null)));
    }

    UUID start() throws Exception {
        return tenant.call(() -> agents.run(AGENT).id());
    }

    AgentRun runToItsEnd() throws Exception {
        return toItsEnd(start());
    }

    AgentRun toItsEnd(UUID run) {
        await().atMost(Duration.ofSeconds(90)).until(() -> read(run).status().isOver());
        return read(run);
    }

    AgentRun untilItWaits(UUID run) {
        await().atMost(Duration.ofSeconds(60)).until(() -> read(run).status() == RunStatus.WAITING || read(run).status().isOver());
        AgentRun now = read(run);
        assertThat(now.status()).as(String.valueOf(now.error())).isEqualTo(RunStatus.WAITING);
        return now;
    }

    AgentRun read(UUID run) {
        try {
            return tenant.call(() -> runs.find(run).orElseThrow());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static AgentRun.RunStep step(AgentRun run, String name) {
        return run.steps().stream().filter(step -> step.name().equals("@" + name)).findFirst().orElseThrow();
    }

    ApiKey key() throws Exception {
        return tenant.call(() -> keys.find(ServiceName.TWITTER_BEARER).orElseThrow());
    }

    XAccount account(String name) throws Exception {
        return tenant.call(() -> accounts.all().stream().filter(account -> account.username().equalsIgnoreCase(name)).findFirst().orElseThrow());
    }

    int posts() throws Exception {
        return count("select count(*) from public.tweets_cache where user_id = :tenant");
    }

    int runs() throws Exception {
        return count("select count(*) from public.agent_runs where user_id = :tenant");
    }

    int count(String sql) throws Exception {
        return tenant.call(() -> door.sql(sql).one(row -> row.getInt(1)));
    }

    /** What the log says, in whatever entries. */
    List<String> logged() throws Exception {
        return tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant").list(row -> row.getString(1)));
    }

    List<String> logged(String action) throws Exception {
        return tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant and action = :action")
                .param("action", action).list(row -> row.getString(1)));
    }
}

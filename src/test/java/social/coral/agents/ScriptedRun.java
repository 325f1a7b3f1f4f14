package social.coral.agents;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.Tenants;
import social.coral.jobs.TestTurn;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/** A run of an agent that does what a test says, on a real database. */
abstract class ScriptedRun {

    record Done(int count) {}

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    @Autowired
    RunTools tools;

    @Autowired
    Runs runs;

    Tenant tenant;

    @BeforeEach
    void aTenant() {
        tenant = Tenants.aTenant(databases);
    }

    UUID aRun() throws Exception {
        return tenant.call(() -> door.sql("insert into public.agent_runs (agent, trigger) values ('scripted', 'person') returning id")
                .one(row -> row.getObject("id", UUID.class)));
    }

    Optional<Instant> work(UUID run, Function<Run, String> work) throws Exception {
        return tenant.call(() -> new RunEngine(List.of(agent(work)), tools).work(run, TestTurn.ENDLESS, Instant.EPOCH));
    }

    AgentRun read(UUID run) throws Exception {
        return tenant.call(() -> runs.find(run).orElseThrow());
    }

    RunStatus status(UUID run) throws Exception {
        return read(run).status();
    }

    List<String> pieces(UUID run) throws Exception {
        return tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant and run_id = :run and action = 'run'")
                .param("run", run)
                .list(row -> row.getString(1)));
    }

    static Agent agent(Function<Run, String> work) {
        return new Agent() {
            @Override
            public AgentDescription about() {
                return new AgentDescription("scripted", "Scripted", "Does what a test says.", Set.of());
            }

            @Override
            public String work(Run run) {
                return work.apply(run);
            }
        };
    }
}

package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.api.Page;
import social.coral.jobs.TestTurn;

/** The end of a run starts the next agent where the person wants that by then, and once. */
@CoralTest
class ChainedRunTest extends ScriptedRun {

    @Autowired
    Chains chains;

    @BeforeEach
    void aPostToFindTopicsIn() throws Exception {
        tenant.run(() -> {
            chains.set(Agents.COLLECTING, true);
            door.sql("insert into public.tweets_cache (network, tweet_id, author, content, source, likes, retweets, replies, created_at) "
                    + "values ('x', '1700000000000000001', 'reef_notes', 'Corals bleach.', 'collected', 1, 1, 1, now())").update();
        });
    }

    private UUID collect(Function<Run, String> work) throws Exception {
        UUID run = tenant.call(() -> door.sql("insert into public.agent_runs (agent, trigger) values (:agent, 'person') returning id")
                .param("agent", Agents.COLLECTING)
                .one(row -> row.getObject("id", UUID.class)));
        tenant.run(() -> new RunEngine(List.of(collecting(work)), tools).work(run, TestTurn.ENDLESS, Instant.EPOCH));
        return run;
    }

    private static Agent collecting(Function<Run, String> work) {
        return new Agent() {
            @Override
            public AgentDescription about() {
                return new AgentDescription(Agents.COLLECTING, "Collect", "Does what a test says.", Set.of());
            }

            @Override
            public String work(Run run) {
                return work.apply(run);
            }
        };
    }

    private List<AgentRun> started() throws Exception {
        return tenant.call(() -> runs.list(Agents.TOPICS, null, new Page(10, 0)));
    }

    @Test
    void theEndOfARunStartsTheNextAgent() throws Exception {
        collect(run -> "Collected");
        assertThat(started()).singleElement().extracting(AgentRun::trigger).isEqualTo("chain");
    }

    @Test
    void aChainThatIsTurnedOffOnTheWayStartsNothing() throws Exception {
        collect(run -> {
            chains.set(Agents.COLLECTING, false);
            return "Collected";
        });
        assertThat(started()).isEmpty();
    }

    @Test
    void aWorkerThatNoLongerHoldsTheRunStartsNothing() throws Exception {
        UUID run = collect(given -> {
            door.sql("update public.agent_runs set lease = lease + 1 where user_id = :tenant").update();
            return "Collected";
        });
        assertThat(status(run)).isEqualTo(RunStatus.RUNNING);
        assertThat(started()).isEmpty();
    }

    @Test
    void aRunThatFailsStartsNothing() throws Exception {
        collect(run -> {
            throw new IllegalStateException("broken");
        });
        assertThat(started()).isEmpty();
    }
}

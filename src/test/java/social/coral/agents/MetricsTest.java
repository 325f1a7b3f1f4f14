package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.api.Failure;
import social.coral.content.PublishedPosts;

/** The agent that counts how the person's own posts are doing, against the sandbox network. */
@CoralTest
class MetricsTest extends FaultySandbox {

    private static final String METRICS = "metrics";
    private static final String SERIES = "select count(*) from public.engagement_metrics where user_id = :tenant and number > 0";

    @Autowired
    private PublishedPosts published;

    /** Makes an account of the sandbox the person's own, as if its archive had been imported, and gives how many posts it has. */
    private int owns(String name) throws Exception {
        follows(name);
        runToItsEnd();
        UUID id = tenant.call(() -> door.sql("insert into public.imports (file_name, author, owner, ended_at) values ('archive.zip', :name, :name, now()) returning id")
                .param("name", name)
                .one(row -> row.getObject("id", UUID.class)));
        tenant.run(() -> door.sql("update public.tweets_cache set import_id = :id where user_id = :tenant").param("id", id).update());
        tenant.run(() -> published.takeUp());
        return count("select count(*) from public.published_posts where user_id = :tenant and count_due_at is not null");
    }

    private AgentRun measured() throws Exception {
        AgentRun run = toItsEnd(tenant.call(() -> agents.run(METRICS).id()));
        assertThat(run.status()).as("%s %s", run.error(), run.steps()).isEqualTo(RunStatus.SUCCEEDED);
        return run;
    }

    private void allAreDue() {
        tenant.run(() -> door.sql("update public.published_posts set count_due_at = now() where user_id = :tenant and gone_at is null").update());
    }

    @Test
    void eachPostIsCountedOnceForEachAgeAlsoWhenARunIsRepeated() throws Exception {
        int own = owns(handles.get(0));
        assertThat(own).isGreaterThan(50);
        assertThat(measured().progress().message()).isEqualTo("Counted " + own + " posts");
        assertThat(count("select count(*) from public.published_posts where user_id = :tenant and impressions is not null and quotes is not null")).isEqualTo(own);
        assertThat(count("select count(*) from public.published_posts where user_id = :tenant and count_due_at > now()")).isPositive();
        assertThat(count("select count(*) from public.api_usage_logs where user_id = :tenant and agent = 'metrics' and status = 'ok'")).isEqualTo(1);

        int stored = count(SERIES);
        assertThat(measured().progress().message()).isEqualTo("No post was due");
        allAreDue();
        assertThat(measured().progress().message()).isEqualTo("Counted " + own + " posts");
        assertThat(count(SERIES)).as("what was counted twice at one age").isEqualTo(stored);
    }

    @Test
    void aPostThatIsGoneIsMarkedAndNeverAskedForAgain() throws Exception {
        owns(handles.get(0));
        measured();
        tenant.run(() -> door.sql("""
                insert into public.published_posts (network, post_id, author, content, kind, published_at, text_id, likes, counted_at, count_due_at)
                values ('sandbox', '12345', 'reef', 'Deleted since', 'tweet', now(), gen_random_uuid(), 7, now(), now())
                """).update());
        assertThat(measured().progress().message()).isEqualTo("Counted 0 posts; 1 is not on the network any more");
        assertThat(count("select count(*) from public.published_posts where user_id = :tenant and post_id = '12345' and gone_at is not null and count_due_at is null and likes = 7"))
                .as("its last counts stay").isEqualTo(1);
        assertThat(measured().progress().message()).isEqualTo("No post was due");
    }

    @Test
    void aFaultOfTheNetworkStoresNothingAndLeavesAllDue() throws Exception {
        int own = owns(handles.get(0));
        fault("{\"kind\":\"500\",\"times\":50}");
        AgentRun run = toItsEnd(tenant.call(() -> agents.run(METRICS).id()));
        assertThat(run.steps()).singleElement().extracting(AgentRun.RunStep::status).isEqualTo(StepStatus.FAILED);
        assertThat(count(SERIES)).isZero();
        noMoreFaults();
        assertThat(measured().progress().message()).isEqualTo("Counted " + own + " posts");
    }

    @Test
    void withoutAPublishedPostThereIsNothingToDo() {
        assertThatThrownBy(() -> tenant.run(() -> agents.run(METRICS)))
                .isInstanceOfSatisfying(Failure.class, refused -> assertThat(refused.sentence()).isEqualTo("None of your published posts is here yet. Import your archive to bring them."));
    }
}

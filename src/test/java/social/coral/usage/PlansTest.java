package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestAnswer;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.TenantDoor;

/** What a plan limits, whoever asks at once, and what a smaller plan does to what is there. */
@CoralTest
class PlansTest {

    private static final Map<String, Object> SCHEDULE = Map.of("enabled", true, "every", "PT30M", "time_zone", "UTC");

    @Autowired private People people;
    @Autowired private DatabaseServer server;
    @Autowired private TenantDoor door;
    @Autowired private PlanLimits limits;

    private TestPerson person;

    @BeforeEach
    void aPersonWithAPlanWithoutLimits() {
        person = people.aPerson();
        plans(plans -> plans.set(person.email(), "enterprise"));
    }

    @AfterEach
    void withoutLimitsAgain() {
        change("pro", "accounts=none", "agents=none", "requests=none", "models=none", "retention=none");
    }

    private void plans(Consumer<Plans> work) {
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            work.accept(new Plans(owner));
        }
    }

    private void change(String plan, String... limits) {
        plans(plans -> plans.change(plan, List.of(limits)));
    }

    private TestAnswer add(String username) {
        return person.post("/api/x-accounts", Map.of("username", username));
    }

    private List<String> active() {
        List<String> active = new ArrayList<>();
        person.get("/api/x-accounts").json().at("/x_accounts").forEach(account -> {
            if (account.at("/is_active").asBoolean()) {
                active.add(account.at("/username").asString());
            }
        });
        return active;
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
        }
        return results;
    }

    @Test
    void whoeverAsksAtOnceNoMoreAccountsAreActiveThanThePlanAllows() throws Exception {
        change("pro", "accounts=3");
        plans(plans -> plans.set(person.email(), "pro"));

        List<TestAnswer> added = atOnce(IntStream.range(0, 12).<Callable<TestAnswer>>mapToObj(i -> () -> add("reef" + i)).toList());
        assertThat(added).filteredOn(answer -> answer.status() == 201).hasSize(3);
        assertThat(added).filteredOn(answer -> answer.status() != 201).hasSize(9).allSatisfy(refused -> {
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.text("/error_code")).isEqualTo("plan_limit");
            assertThat(refused.text("/error")).isEqualTo("Your plan limits active accounts to 3. Pause another one first, or ask your administrator for a larger plan.");
            assertThat(refused.text("/limit")).isEqualTo("accounts");
        });
        List<String> ids = new ArrayList<>();
        added.stream().filter(answer -> answer.status() == 201).forEach(answer -> ids.add(answer.text("/x_account/id")));
        ids.forEach(id -> assertThat(person.patch("/api/x-accounts/" + id, Map.of("is_active", false)).status()).isEqualTo(200));
        IntStream.range(20, 22).forEach(i -> assertThat(add("reef" + i).status()).isEqualTo(201));

        List<TestAnswer> resumed = atOnce(ids.stream().<Callable<TestAnswer>>map(id -> () -> person.patch("/api/x-accounts/" + id, Map.of("is_active", true))).toList());
        assertThat(resumed).extracting(TestAnswer::status).containsExactlyInAnyOrder(200, 403, 403);
        assertThat(active()).hasSize(3);
    }

    @Test
    void whoeverAsksAtOnceNoMoreSchedulesAreOnThanThePlanAllows() throws Exception {
        change("pro", "agents=2");
        plans(plans -> plans.set(person.email(), "pro"));

        List<String> results = atOnce(IntStream.range(0, 8).<Callable<String>>mapToObj(i -> () -> person.tenant().call(() -> {
            try {
                door.sql("""
                        insert into public.agent_schedules (agent, enabled, every, time_zone) values (:agent, true, cast('PT1H' as interval), 'UTC')
                        on conflict (user_id, agent) do update set enabled = excluded.enabled
                        """).param("agent", "agent-" + i).update();
                return "on";
            } catch (Failure refused) {
                return refused.code();
            }
        })).toList());

        assertThat(results).containsOnly("on", "plan_limit").filteredOn("on"::equals).hasSize(2);
        TestAnswer refused = person.put("/api/agents/tweet-scraping/schedule", SCHEDULE);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text("/error")).contains("agents with a schedule to 2", "Switch another schedule off first");
        assertThat(person.put("/api/agents/tweet-scraping/schedule", Map.of("enabled", false, "time_zone", "UTC")).status()).as("off needs no room").isEqualTo(200);
    }

    @Test
    void aSmallerPlanPausesTheNewestDeletesNothingAndSaysSo() throws SQLException {
        List.of("first", "second", "third", "fourth").forEach(name -> assertThat(add(name).status()).isEqualTo(201));
        assertThat(person.put("/api/agents/tweet-scraping/schedule", SCHEDULE).status()).isEqualTo(200);
        assertThat(person.browser().get("/settings/usage").body()).doesNotContain("Limits of your plan");

        change("pro", "accounts=2", "agents=0");
        plans(plans -> plans.set(person.email(), "pro"));

        assertThat(active()).containsExactlyInAnyOrder("first", "second");
        assertThat(person.get("/api/x-accounts").json().at("/x_accounts")).hasSize(4);
        assertThat(person.get("/api/agents/tweet-scraping/schedule").json().at("/schedule/enabled").asBoolean()).isFalse();
        assertThat(jobs()).as("nothing starts by itself").isZero();
        assertThat(person.get("/api/logs").body()).contains("limits active accounts to 2. Paused, the newest first: @fourth, @third", "this schedule was switched off");
        assertThat(person.get("/api/user/audit").body()).contains("@fourth, @third (plan pro)", "tweet-scraping: off (plan pro)");
        assertThat(person.browser().get("/settings/usage").body()).contains("Limits of your plan", "2 active accounts", "@fourth");
        assertThat(person.browser().get("/dashboard").body()).contains("2 accounts are paused because of your plan", "1 schedule is off because of your plan");
        assertThat(person.browser().get("/accounts").body()).contains("2 accounts are paused because of your plan", "pause another account or ask for a larger plan");
        assertThat(person.browser().get("/agents").body()).contains("1 schedule is off because of your plan");

        change("pro", "accounts=1");
        assertThat(active()).as("the plan itself becomes smaller").containsExactly("first");
        plans(plans -> plans.set(person.email(), "enterprise"));
        assertThat(active()).as("a larger plan resumes nothing by itself").containsExactly("first");
        String shown = person.browser().get("/settings/usage").body();
        assertThat(shown).contains("3 accounts are paused because of your plan.", "@fourth, @second and @third. You can now resume all of them under Accounts.").doesNotContain("Limits of your plan");
        String second = person.get("/api/x-accounts").json().at("/x_accounts").valueStream()
                .filter(account -> account.at("/username").asString().equals("second")).findFirst().orElseThrow().at("/id").asString();
        assertThat(person.patch("/api/x-accounts/" + second, Map.of("is_active", true)).status()).isEqualTo(200);
        assertThat(person.browser().get("/settings/usage").body()).doesNotContain("@second");
    }

    @Test
    void aPlanLimitsRequestsAndModelsButNotBeyondTheInstallation() {
        TestPerson other = people.aPerson();
        change("pro", "requests=7", "models=openai,anthropic/claude-haiku-4-5");
        plans(plans -> plans.set(other.email(), "pro"));

        assertThat(other.get("/api/user/profile").header("RateLimit-Policy")).startsWith("\"tenant\";q=7;");
        assertThat(person.get("/api/user/profile").header("RateLimit-Policy")).doesNotContain("q=7;");
        for (String model : List.of("claude-haiku-4-5", "claude-opus-4-5")) {
            assertThat(refusal(other, "anthropic", model) != null).as(model).isEqualTo(model.contains("opus"));
        }
        assertThat(refusal(other, "perplexity", "sonar")).hasMessageContaining("does not include the model sonar");
        assertThat(refusal(other, "openai", "gpt-anything")).isNull();
    }

    private @Nullable Failure refusal(TestPerson whose, String provider, String model) {
        try {
            whose.tenant().run(() -> limits.requireModel(provider, provider, model));
            return null;
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo("plan_limit");
            return refused;
        }
    }

    @Test
    void retentionAnnouncesAWeekBeforeAndRemovesOnlyWhatWasCollectedAndDone() throws SQLException {
        owner("""
                insert into public.tweets_cache (user_id, network, tweet_id, author, content, source, created_at, collected_at) values
                  (:person, 'x', '1', 'old', 'old', 'collected', now(), now() - interval '31 days'), (:person, 'x', '2', 'new', 'new', 'collected', now(), now()),
                  (:person, 'x', '3', 'own', 'imported', 'imported', now(), now() - interval '31 days');
                insert into public.tweets_cache (user_id, network, tweet_id, author, content, source, created_at, collected_at, import_id)
                  values (:person, 'x', '4', 'own', 'both', 'collected', now(), now() - interval '31 days', gen_random_uuid());
                insert into public.tweets (user_id, content, created_at, updated_at) values (:person, 'an old draft', now() - interval '90 days', now() - interval '90 days');
                insert into public.agent_logs (user_id, agent_name, action, details, created_at) values (:person, 'system', 'x', 'an old entry', now() - interval '31 days');
                insert into public.agent_runs (user_id, agent, trigger, status, queued_at, finished_at)
                  values (:person, 'a', 'person', 'succeeded', now() - interval '40 days', now() - interval '40 days'), (:person, 'b', 'person', 'waiting', now() - interval '40 days', null);
                insert into public.api_usage_logs (user_id, service_name, endpoint, status, response_time_ms, cost_micro_usd, created_at)
                  values (:person, 'x', 'old', 'ok', 1, 1, now() - interval '31 days'), (:person, 'x', 'new', 'ok', 1, 1, now());
                """);
        List<String> all = rows();
        assertThat(all).hasSize(10);
        plans(plans -> plans.set(person.email(), "pro"));
        change("pro", "retention=30");
        await().untilAsserted(() -> assertThat(person.get("/api/logs").body()).contains("keeps collected posts, mentions, runs, log entries and calls for 30 days"));
        change("pro", "retention=30");
        assertThat(rows()).containsExactlyElementsOf(all);

        owner("update usage.retentions set told_at = told_at - interval '7 days' where user_id = :person");
        change("pro", "retention=30");
        await().untilAsserted(() -> assertThat(person.get("/api/logs").body())
                .contains("Removed what was older: 1 collected posts, 1 log entries, 1 runs, 1 usage records."));
        assertThat(rows()).containsExactly("call new", "draft an old draft", "post both", "post imported", "post new", "run waiting");

        change("pro", "retention=20");
        await().untilAsserted(() -> assertThat(person.get("/api/logs").body()).as("a shorter time is announced again").contains("log entries and calls for 20 days"));
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        person.tenant().run(() -> rows.addAll(door.sql("""
                select 'post ' || content as what from public.tweets_cache where user_id = :tenant union all
                select 'draft ' || content from public.tweets where user_id = :tenant union all
                select 'run ' || status from public.agent_runs where user_id = :tenant union all
                select 'log ' || details from public.agent_logs where user_id = :tenant and details = 'an old entry' union all
                select 'call ' || endpoint from public.api_usage_logs where user_id = :tenant order by what
                """).list(row -> row.getString("what"))));
        return rows;
    }

    private int jobs() throws SQLException {
        try (Connection owner = server.connectAsOwner();
                PreparedStatement jobs = owner.prepareStatement("select count(*) from jobs.scheduled_tasks where task_name = 'agent-schedule' and task_instance like ?")) {
            jobs.setString(1, person.id() + "/%");
            ResultSet row = jobs.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }

    private void owner(String sql) throws SQLException {
        try (Connection owner = server.connectAsOwner()) {
            owner.createStatement().execute("select set_config('request.jwt.claims', '{\"sub\":\"%s\"}', false)".formatted(person.id()));
            owner.createStatement().execute(sql.replace(":person", "'" + person.id() + "'"));
        }
    }
}

package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.content.AccountState;
import social.coral.content.Username;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.egress.Peer;
import social.coral.networks.TestNetwork;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** What a refusal of X does to runs, accounts and keys, and how it goes on afterwards. */
@CoralTest
@DirtiesContext
class RefusedRunsTest {

    private static final TestNetwork NETWORK = new TestNetwork();
    private static final String ONE = "first_one";
    private static final String OTHER = "other_one";
    private static final String CREDITS = "{\"title\":\"CreditsDepleted\",\"detail\":\"Your enrolled account does not have any credits.\"}";

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

    @Autowired
    ScheduledStarts scheduled;

    private final String key = "key-" + UUID.randomUUID();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Tenant tenant;

    @DynamicPropertySource
    static void thatNetworkIsX(DynamicPropertyRegistry registry) {
        NETWORK.becomeX(registry);
    }

    @AfterAll
    static void close() {
        NETWORK.close();
    }

    @BeforeEach
    void aTenantWithTwoAccounts() {
        tenant = Tenants.aTenant(databases);
        tenant.run(() -> {
            keys.save(ServiceName.TWITTER_BEARER, key);
            accounts.add(Username.of("username", ONE), 90);
            accounts.add(Username.of("username", OTHER), 10);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "402 None|" + CREDITS,
        "429 Capped\r\nx-rate-limit-remaining: 39999\r\nx-rate-limit-reset: 1|{\"type\":\"https://api.twitter.com/2/problems/usage-capped\"}",
        "403 No|{\"title\":\"Client Forbidden\",\"reason\":\"client-not-enrolled\"}"
    })
    void aPlanThatDoesNotCoverTheCallPausesOnceAndMarksNothing(String refusal) throws Exception {
        answers(request -> Peer.text(refusal.split("\\|")[0], refusal.split("\\|")[1]));
        UUID run = start();
        AgentRun waiting = untilItWaits(run);
        assertThat(waiting.errorCode()).isEqualTo("plan_refused");
        assertThat(waiting.waitingUntil()).isBetween(Instant.now().plusSeconds(600), Instant.now().plusSeconds(1_020));
        assertThat(asked).hasSize(1);
        assertThat(key().state()).isEqualTo(ApiKey.State.UNCHECKED);
        assertThat(key().pauseDetail()).isEqualTo(waiting.error());
        assertThat(account(ONE).state()).isEqualTo(AccountState.NEW);

        for (int i = 0; i < 5; i++) {
            tenant.run(() -> scheduled.start("tweet-scraping"));
        }
        assertThat(runs()).as("no run fails each five minutes").isEqualTo(1);

        for (int woken = 2; woken <= 4; woken++) {
            int calls = woken;
            assertThat(start()).as("waking by hand").isEqualTo(run);
            await().atMost(Duration.ofSeconds(60)).until(() -> asked.size() == calls && read(run).status() == RunStatus.WAITING);
        }
        assertThat(read(run).waitingUntil()).as("the pause grows").isBetween(Instant.now().plusSeconds(7_000), Instant.now().plusSeconds(7_300));
        assertThat(logged("paused")).hasSize(1);
    }

    @Test
    void aPausedKeyIsNotAskedByAnotherRunEither() throws Exception {
        answers(request -> Peer.text("402 None", CREDITS));
        UUID first = start();
        untilItWaits(first);
        tenant.run(() -> runs.cancel(first));
        tenant.run(() -> scheduled.start("tweet-scraping"));
        AgentRun second = tenant.call(() -> runs.latest("tweet-scraping").orElseThrow());
        assertThat(untilItWaits(second.id()).errorCode()).isEqualTo("plan_refused");
        assertThat(asked).hasSize(1);
    }

    @Test
    void aNewKeyEndsThePauseAndTheRunGoesOn() throws Exception {
        answers(request -> Peer.text("402 None", CREDITS));
        UUID run = start();
        untilItWaits(run);
        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, TestNetwork.QUICK_KEY));
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(key().pausedUntil()).isNull();
        assertThat(account(ONE).state()).isEqualTo(AccountState.OK);
    }

    @Test
    void aPauseEndsWithTheFirstCallThatSucceeds() throws Exception {
        answers(request -> Peer.text("402 None", CREDITS));
        UUID run = start();
        untilItWaits(run);
        answers(RefusedRunsTest::usual);
        start();
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(key().state()).as("accepted, but never refused").isEqualTo(ApiKey.State.UNCHECKED);
        int pauses = tenant.call(() -> door.sql("select pauses from public.user_api_keys where user_id = :tenant").one(row -> row.getInt(1)));
        assertThat(pauses).isZero();
    }

    @Test
    void aNewKeyOrAPersonEndsTheWaitForALimit() throws Exception {
        answers(request -> Peer.text("429 Slow\r\nx-user-limit-24hour-remaining: 0\r\nx-user-limit-24hour-reset: " + Instant.now().plusSeconds(32_400).getEpochSecond(), ""));
        UUID run = start();
        assertThat(untilItWaits(run).waitingUntil()).isBetween(Instant.now().plusSeconds(32_000), Instant.now().plusSeconds(32_410));
        int before = asked.size();
        assertThat(start()).isEqualTo(run);
        await().atMost(Duration.ofSeconds(60)).until(() -> asked.size() > before && read(run).status() == RunStatus.WAITING);
        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, TestNetwork.QUICK_KEY));
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aLimitedLookUpHoldsBackNoTimelineNowOrInTheNextRun() throws Exception {
        answers(request -> lookUp(request, ONE) ? Peer.text("429 Slow\r\nx-rate-limit-reset: " + Instant.now().plusSeconds(3_600).getEpochSecond(), "") : usual(request));
        tenant.run(() -> door.sql("update public.x_accounts set network = 'x', network_user_id = '77' where user_id = :tenant and username = :name")
                .param("name", OTHER).update());
        UUID run = start();
        AgentRun waiting = untilItWaits(run);
        assertThat(waiting.errorCode()).isEqualTo("steps_limited");
        assertThat(step(waiting, ONE).status()).isEqualTo(StepStatus.WAITING);
        assertThat(step(waiting, OTHER).status()).isEqualTo(StepStatus.SUCCEEDED);
        assertThat(account(ONE).state()).isEqualTo(AccountState.NEW);

        tenant.run(() -> scheduled.start("tweet-scraping"));
        AgentRun next = tenant.call(() -> runs.latest("tweet-scraping").orElseThrow());
        assertThat(next.id()).isNotEqualTo(run);
        assertThat(step(untilItWaits(next.id()), OTHER).status()).isEqualTo(StepStatus.SUCCEEDED);
        assertThat(read(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(step(read(run), ONE)).matches(step -> step.status() == StepStatus.SKIPPED && "Left to the next run".equals(step.summary()));
    }

    @Test
    void aRefusalAboutOneAccountMarksItAndTheOthersAreRead() throws Exception {
        answers(request -> timeline(request, ONE)
                ? Peer.text("403 No", "{\"title\":\"Forbidden\",\"detail\":\"User has been suspended: [1].\"}") : usual(request));
        AgentRun run = toItsEnd(start());
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(step(run, ONE).error()).contains("@" + ONE + " is suspended by X", "It says: “User has been suspended: [1]”.");
        assertThat(account(ONE).state()).isEqualTo(AccountState.REFUSED);
        assertThat(account(OTHER).state()).isEqualTo(AccountState.OK);
        assertThat(key().state()).isEqualTo(ApiKey.State.UNCHECKED);
    }

    @Test
    void aPlaceThatIsRefusedIsLetGoOnceAndPostsAreReadByTime() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> !timeline(request, ONE) ? usual(request)
                : request.contains("since_id=1800000000000000000")
                        ? Peer.text("400 Bad", "{\"title\":\"Invalid Request\",\"errors\":[{\"parameters\":{\"since_id\":[\"1\"]},\"message\":\"too old\"}]}")
                        : TestNetwork.json(post(ONE, "1900000000000000000")));
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE)).matches(step -> step.status() == StepStatus.SUCCEEDED && "1 new post".equals(step.summary()));
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).hasSize(2).last().asString().contains("start_time=2024-06-10T");
        assertThat(account(ONE).gapAt()).isNotNull();
        assertThat(logged("run")).anyMatch(line -> line.contains("posts are read by time") && line.contains("too old"));

        asked.clear();
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).singleElement().asString().contains("since_id=1900000000000000000").doesNotContain("start_time");
    }

    @Test
    void aPlaceIsKeptWhenAskingWithoutItIsRefusedToo() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> timeline(request, ONE) ? Peer.text("400 Bad", "{\"title\":\"Invalid Request\"}") : usual(request));
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).hasSize(2);
        assertThat(account(ONE)).matches(account -> account.state() == AccountState.FAILING && account.gapAt() == null);
        String place = tenant.call(() -> door.sql("select since_id from public.x_accounts where user_id = :tenant and username = :name")
                .param("name", ONE).one(row -> row.getString(1)));
        assertThat(place).isEqualTo("1800000000000000000");
    }

    @Test
    void anIdThatIsGoneIsLookedUpAgainByNameOnce() throws Exception {
        known(ONE, "1800000000000000000");
        answers(request -> request.contains("/users/4/tweets") ? Peer.text("404 No", "{\"title\":\"Not Found\",\"type\":\"about:blank\"}")
                : timeline(request, ONE) ? TestNetwork.json(post(ONE, "1900000000000000000")) : usual(request));
        tenant.run(() -> door.sql("update public.x_accounts set network_user_id = '4' where user_id = :tenant and username = :name").param("name", ONE).update());
        AgentRun run = toItsEnd(start());
        assertThat(step(run, ONE).summary()).isEqualTo("1 new post");
        assertThat(asked).filteredOn(request -> timeline(request, ONE)).singleElement().asString().doesNotContain("since_id");

        answers(request -> timeline(request, ONE) ? Peer.text("404 No", "") : usual(request));
        asked.clear();
        toItsEnd(start());
        assertThat(asked).filteredOn(request -> lookUp(request, ONE)).hasSize(1);
        assertThat(account(ONE).state()).isEqualTo(AccountState.NOT_FOUND);
        assertThat(account(OTHER).state()).isEqualTo(AccountState.OK);
    }

    private void answers(TestNetwork.Manner manner) {
        NETWORK.with(key, request -> {
            asked.add(request.lines().findFirst().orElse(""));
            return manner.answer(request);
        });
    }

    private static Peer.Answer usual(String request) {
        String name = request.replaceAll("(?s)GET /2/users/by/username/([a-z_]+) .*", "$1");
        return TestNetwork.json(name.equals(request) ? "{\"meta\":{\"result_count\":0}}"
                : "{\"data\":{\"id\":\"%s\",\"username\":\"%s\",\"name\":\"%s\"}}".formatted(TestNetwork.idOf(name), name, name));
    }

    private static boolean lookUp(String request, String name) {
        return request.contains("/users/by/username/" + name);
    }

    private static boolean timeline(String request, String name) {
        return request.contains("/users/" + TestNetwork.idOf(name) + "/tweets");
    }

    private static String post(String author, String id) {
        return "{\"data\":[{\"id\":\"%s\",\"text\":\"a\",\"author_id\":\"%s\",\"created_at\":\"2025-03-12T00:00:00Z\"}]}".formatted(id, TestNetwork.idOf(author));
    }

    private void known(String name, String sinceId) {
        tenant.run(() -> door.sql("update public.x_accounts set network = 'x', network_user_id = :id, since_id = :since, last_collected_at = now() where user_id = :tenant and username = :name")
                .param("id", TestNetwork.idOf(name)).param("since", sinceId).param("name", name).update());
    }

    private UUID start() throws Exception {
        return tenant.call(() -> agents.run("tweet-scraping").id());
    }

    private AgentRun untilItWaits(UUID run) {
        await().atMost(Duration.ofSeconds(60)).until(() -> read(run).status() == RunStatus.WAITING || read(run).status().isOver());
        AgentRun now = read(run);
        assertThat(now.status()).as(String.valueOf(now.error())).isEqualTo(RunStatus.WAITING);
        return now;
    }

    private AgentRun toItsEnd(UUID run) {
        await().atMost(Duration.ofSeconds(60)).until(() -> read(run).status().isOver());
        return read(run);
    }

    private AgentRun read(UUID run) {
        try {
            return tenant.call(() -> runs.find(run).orElseThrow());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static AgentRun.RunStep step(AgentRun run, String name) {
        return run.steps().stream().filter(step -> step.name().equals("@" + name)).findFirst().orElseThrow();
    }

    private ApiKey key() throws Exception {
        return tenant.call(() -> keys.find(ServiceName.TWITTER_BEARER).orElseThrow());
    }

    private XAccount account(String name) throws Exception {
        return tenant.call(() -> accounts.all().stream().filter(account -> account.username().equals(name)).findFirst().orElseThrow());
    }

    private int runs() throws Exception {
        return tenant.call(() -> door.sql("select count(*) from public.agent_runs where user_id = :tenant").one(row -> row.getInt(1)));
    }

    private List<String> logged(String action) throws Exception {
        return tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant and action = :action")
                .param("action", action).list(row -> row.getString(1)));
    }
}

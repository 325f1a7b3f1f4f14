package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.Tenants;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.content.AccountState;
import social.coral.content.Username;
import social.coral.content.XAccount;
import social.coral.content.XAccounts;
import social.coral.sandbox.Sandbox;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The collecting agent against the sandbox network, run by the real scheduler, with each fault that a network has. */
@CoralTest
class TweetScrapingTest {

    private static final String AGENT = "tweet-scraping";

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
    Sandbox sandbox;

    private final HttpClient client = HttpClient.newHttpClient();
    private Tenant tenant;
    private List<String> handles;

    @BeforeEach
    void aTenantWithASandboxKey() {
        tenant = Tenants.aTenant(databases);
        handles = sandbox.exampleHandles();
        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, sandbox.issueToken()));
    }

    @AfterEach
    void noMoreFaults() throws Exception {
        client.send(HttpRequest.newBuilder(sandbox.address().resolve("/sandbox/faults")).DELETE().build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void postsAreCollectedOnceAndOnlyNewOnesAfterwards() throws Exception {
        follows(handles.get(0), handles.get(1));
        AgentRun first = runToItsEnd();
        assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(first.progress().message()).isEqualTo("Collected 200 new posts from 2 accounts");
        assertThat(first.progress().done()).isEqualTo(2);
        assertThat(first.steps()).extracting(AgentRun.RunStep::status).containsOnly(StepStatus.SUCCEEDED);
        assertThat(first.costMicroUsd()).isZero();
        long after = posts();
        assertThat(after).isEqualTo(200);

        AgentRun second = runToItsEnd();
        assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(posts()).isBetween(after, after + 20);
        assertThat(account(handles.get(0)).state()).isEqualTo(AccountState.OK);
        assertThat(ledger()).isPositive();
    }

    @Test
    void theAccountsThatBroughtNothingAreNotCountedAmongThoseThatDid() throws Exception {
        follows(handles.get(0), handles.get(1));
        runToItsEnd();
        follows(handles.get(2));
        AgentRun run = runToItsEnd();
        long withNews = run.steps().stream().filter(step -> step.name().startsWith("@") && !"0 new posts".equals(step.summary())).count();
        assertThat(withNews).isBetween(1L, 3L);
        assertThat(run.progress().message()).matches("Collected 1\\d\\d new posts from " + (withNews == 3 ? "" : withNews + " of ") + "3 accounts");
    }

    @Test
    void likesOfPostsThatAreStillYoungAreLookedAtAgain() throws Exception {
        follows(handles.get(0));
        runToItsEnd();
        tenant.run(() -> door.sql("""
                        update public.tweets_cache set likes = 0, counts_at = now() - interval '2 hours'
                        where user_id = :tenant and created_at > now() - interval '2 days'
                        """)
                .update());
        AgentRun again = runToItsEnd();
        assertThat(again.steps()).anySatisfy(step -> {
            assertThat(step.name()).isEqualTo("Refresh counts");
            assertThat(step.status()).isEqualTo(StepStatus.SUCCEEDED);
        });
        long moved = tenant.call(() -> door.sql("""
                        select count(*) from public.tweets_cache where user_id = :tenant and likes > 0 and created_at > now() - interval '2 days'
                        """)
                .one(row -> row.getLong(1)));
        assertThat(moved).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"500", "503", "reset", "malformed", "truncated"})
    void aFaultOfOneAccountIsToldAndDoesNotStopTheOthers(String kind) throws Exception {
        follows(handles.get(0), handles.get(1));
        fault("{\"handle\":\"" + handles.get(0) + "\",\"kind\":\"" + kind + "\",\"times\":50}");
        AgentRun run = runToItsEnd();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(run.progress().message()).isEqualTo("Collected 100 new posts from 1 account; 1 of 2 accounts could not be read");
        assertThat(step(run, handles.get(0)).status()).isEqualTo(StepStatus.FAILED);
        assertThat(step(run, handles.get(0)).error()).isNotBlank();
        assertThat(step(run, handles.get(1)).status()).isEqualTo(StepStatus.SUCCEEDED);
        assertThat(account(handles.get(0)).state()).as("a web page says nothing about the account")
                .isEqualTo(kind.equals("malformed") ? AccountState.NEW : AccountState.FAILING);
        assertThat(logged()).anyMatch(line -> line.startsWith("@" + handles.get(0) + ": "));
    }

    @Test
    void anOutageMarksNothingAsDoneAndTheNextRunCollectsEverything() throws Exception {
        follows(handles.get(0), handles.get(1));
        fault("{\"kind\":\"503\",\"times\":50}");
        AgentRun failed = runToItsEnd();
        assertThat(failed.status()).isEqualTo(RunStatus.FAILED);
        assertThat(failed.error()).isEqualTo("None of the 2 accounts could be read: the sandbox answered with an error (status 503)."
                + " It says: “The sandbox cannot answer this call now”.");
        assertThat(posts()).isZero();
        assertThat(account(handles.get(0)).lastCollectedAt()).isNull();

        assertThat(logged()).filteredOn(line -> line.contains("status 503")).as("once for the accounts, once for the run").hasSize(2);

        noMoreFaults();
        UUID again = tenant.call(() -> runs.retry(failed.id()).id());
        assertThat(toItsEnd(again).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(posts()).isEqualTo(200);
        assertThat(account(handles.get(0)).state()).isEqualTo(AccountState.OK);
    }

    @Test
    void tryingAgainTakesWhatFailedAndNothingElseAndTellsWhatIsGoneMeanwhile() throws Exception {
        List.of(0, 1, 2).forEach(i -> follows(handles.get(i)));
        fault("{\"handle\":\"" + handles.get(1) + "\",\"kind\":\"503\",\"times\":50}");
        fault("{\"handle\":\"" + handles.get(2) + "\",\"kind\":\"503\",\"times\":50}");
        AgentRun first = runToItsEnd();
        assertThat(first.progress().message()).isEqualTo("Collected 100 new posts from 1 account; 2 of 3 accounts could not be read");
        noMoreFaults();
        UUID removed = account(handles.get(1)).id();
        tenant.run(() -> accounts.remove(removed));
        follows("night_trains");

        tenant.run(() -> runs.retry(first.id()));
        AgentRun second = toItsEnd(first.id());
        assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(second.progress().message()).isEqualTo("Collected 200 new posts from 2 accounts; 1 skipped");
        assertThat(second.steps()).extracting(AgentRun.RunStep::name).containsExactlyElementsOf(first.steps().stream().map(AgentRun.RunStep::name).toList());
        assertThat(step(second, handles.get(0)).attempts()).isEqualTo(1);
        assertThat(step(second, handles.get(1)).status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(step(second, handles.get(1)).summary()).isEqualTo("Skipped: removed since");
        assertThat(step(second, handles.get(2)).status()).isEqualTo(StepStatus.SUCCEEDED);
        assertThat(second.startedAt()).as("the first start stays").isEqualTo(first.startedAt());
        assertThat(second.retriedAt()).isBetween(first.finishedAt(), second.finishedAt());
        assertThat(second.canBeRetried()).isFalse();
        assertThat(posts()).isEqualTo(200);
    }

    @Test
    void anAccountThatWasSwitchedOffSinceIsSkippedAndNotReadAgain() throws Exception {
        follows(handles.get(0), handles.get(1));
        fault("{\"handle\":\"" + handles.get(1) + "\",\"kind\":\"503\",\"times\":50}");
        UUID run = runToItsEnd().id();
        noMoreFaults();
        UUID off = account(handles.get(1)).id();
        tenant.run(() -> accounts.change(off, null, false));
        tenant.run(() -> runs.retry(run));
        assertThat(step(toItsEnd(run), handles.get(1)).summary()).isEqualTo("Skipped: paused since the run started");
        assertThat(posts()).isEqualTo(100);
    }

    @Test
    void manyRetriesAtOnceAreOneAndLeaveNoRunBehind() throws Exception {
        follows(handles.get(0));
        fault("{\"kind\":\"503\",\"times\":50}");
        UUID failed = runToItsEnd().id();
        noMoreFaults();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<AgentRun>> tries = IntStream.range(0, 8).mapToObj(i -> many.submit(() -> tenant.call(() -> runs.retry(failed)))).toList();
            many.shutdown();
            assertThat(many.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(tries.stream().filter(one -> one.state() == Future.State.SUCCESS)).isNotEmpty();
        }
        assertThat(toItsEnd(failed).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(posts()).isEqualTo(100);
    }

    @Test
    void aSpentLimitLetsTheRunWaitUntilItIsRenewedAndGoOn() throws Exception {
        follows(handles.get(0));
        fault("{\"kind\":\"429\",\"seconds\":3,\"times\":1}");
        UUID run = start();
        await().atMost(Duration.ofSeconds(60)).until(() -> read(run).status() == RunStatus.WAITING || read(run).status().isOver());
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(step(read(run), handles.get(0)).attempts()).isEqualTo(2);
        assertThat(posts()).isEqualTo(100);
    }

    @Test
    void aWaitingRunCanBeCancelledAtOnce() throws Exception {
        follows(handles.get(0));
        fault("{\"kind\":\"429\",\"seconds\":3600,\"times\":1}");
        UUID run = start();
        await().atMost(Duration.ofSeconds(60)).until(() -> read(run).status() == RunStatus.WAITING);
        assertThat(read(run).error()).isNotBlank();
        assertThat(read(run).waitingUntil()).isNotNull();
        assertThat(tenant.call(() -> runs.cancel(run)).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aKeyThatIsNoLongerAcceptedStopsTheRunAndIsMarked() throws Exception {
        follows(handles.get(0), handles.get(1));
        fault("{\"kind\":\"expired_token\",\"times\":50}");
        AgentRun run = runToItsEnd();
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.errorCode()).isEqualTo("credentials_refused");
        assertThat(tenant.call(() -> keys.find(ServiceName.TWITTER_BEARER).orElseThrow().state())).isEqualTo(ApiKey.State.REFUSED);
        assertThat(account(handles.get(0)).state()).isEqualTo(AccountState.NEW);
        noMoreFaults();
        assertThat(runToItsEnd().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(tenant.call(() -> keys.find(ServiceName.TWITTER_BEARER).orElseThrow()))
                .as("what the network takes again is no longer called refused")
                .matches(key -> key.state() == ApiKey.State.VALID && key.stateDetail() == null);
    }

    @Test
    void aNameThatNobodyHasIsSaidAtTheAccount() throws Exception {
        follows("nobody_has_this", handles.get(0));
        AgentRun run = runToItsEnd();
        assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(account("nobody_has_this").state()).isEqualTo(AccountState.NOT_FOUND);
        assertThat(account(handles.get(0)).state()).isEqualTo(AccountState.OK);
    }

    @Test
    void aKeyThatDoesNotOpenFailsTheRunByName() throws Exception {
        follows(handles.get(0));
        tenant.run(() -> door.sql("update public.user_api_keys set encrypted_key = '\\x00' where user_id = :tenant").update());
        AgentRun run = runToItsEnd();
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).contains(ServiceName.TWITTER_BEARER.title());
    }

    @Test
    void whatARunLacksIsToldBeforeItIsQueued() throws Exception {
        assertThat(refusal()).isEqualTo("nothing_to_do");
        follows(handles.get(0));
        tenant.run(() -> keys.delete(ServiceName.TWITTER_BEARER));
        assertThat(refusal()).isEqualTo("missing_keys");
    }

    private String refusal() throws Exception {
        return tenant.call(() -> {
            try {
                agents.run(AGENT);
                return "none";
            } catch (Failure failure) {
                return failure.code();
            }
        });
    }

    private void follows(String... names) {
        tenant.run(() -> List.of(names).forEach(name -> accounts.add(Username.of("username", name), null)));
    }

    private UUID start() throws Exception {
        return tenant.call(() -> agents.run(AGENT).id());
    }

    private AgentRun runToItsEnd() throws Exception {
        return toItsEnd(start());
    }

    private AgentRun toItsEnd(UUID run) throws Exception {
        await().atMost(Duration.ofSeconds(90)).until(() -> read(run).status().isOver());
        return read(run);
    }

    private AgentRun read(UUID run) throws Exception {
        return tenant.call(() -> runs.find(run).orElseThrow());
    }

    private static AgentRun.RunStep step(AgentRun run, String handle) {
        return run.steps().stream().filter(step -> step.name().equals("@" + handle)).findFirst().orElseThrow();
    }

    private XAccount account(String handle) throws Exception {
        return tenant.call(() -> accounts.list(new Page(Page.MAX_LIMIT, 0)).stream()
                .filter(account -> account.username().equals(handle.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow());
    }

    private long posts() throws Exception {
        return tenant.call(() -> door.sql("select count(*) from public.tweets_cache where user_id = :tenant").one(row -> row.getLong(1)));
    }

    private long ledger() throws Exception {
        return tenant.call(() -> door.sql("select count(*) from public.api_usage_logs where user_id = :tenant").one(row -> row.getLong(1)));
    }

    private List<String> logged() throws Exception {
        return tenant.call(() -> door.sql("select details from public.agent_logs where user_id = :tenant").list(row -> row.getString(1)));
    }

    private void fault(String json) throws Exception {
        URI faults = sandbox.address().resolve("/sandbox/faults");
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(faults).POST(HttpRequest.BodyPublishers.ofString(json)).header("Content-Type", "application/json").build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }
}

package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.CoralTest;
import social.coral.api.Failure;
import social.coral.content.AccountState;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;

/** The collecting agent against the sandbox network, run by the real scheduler, with each fault that a network has. */
@CoralTest
class TweetScrapingTest extends FaultySandbox {

    @Test
    void postsAreCollectedOnceAndOnlyNewOnesAfterwards() throws Exception {
        follows(handles.get(0), handles.get(1));
        AgentRun first = runToItsEnd();
        assertThat(first.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(first.progress().message()).isEqualTo("Collected 200 new posts from 2 accounts");
        assertThat(first.progress().done()).isEqualTo(2);
        assertThat(first.steps()).extracting(AgentRun.RunStep::status).containsOnly(StepStatus.SUCCEEDED);
        assertThat(first.costMicroUsd()).isZero();
        int after = posts();
        assertThat(after).isEqualTo(200);

        AgentRun second = runToItsEnd();
        assertThat(second.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(posts()).isBetween(after, after + 20);
        assertThat(account(handles.get(0)).state()).isEqualTo(AccountState.OK);
        assertThat(count("select count(*) from public.api_usage_logs where user_id = :tenant")).isPositive();
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
        assertThat(account(handles.get(0)).state()).as("neither a fault that passes nor a web page says anything about the account").isEqualTo(AccountState.NEW);
        assertThat(logged()).anyMatch(line -> line.startsWith("@" + handles.get(0) + ": "));
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
        assertThat(untilItWaits(run)).matches(waiting -> waiting.error() != null && waiting.waitingUntil() != null);
        assertThat(tenant.call(() -> runs.cancel(run)).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aKeyThatIsNoLongerAcceptedStopsTheRunAndIsMarked() throws Exception {
        follows(handles.get(0), handles.get(1));
        fault("{\"kind\":\"expired_token\",\"times\":50}");
        AgentRun run = runToItsEnd();
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.errorCode()).isEqualTo("credentials_refused");
        assertThat(key().state()).isEqualTo(ApiKey.State.REFUSED);
        assertThat(account(handles.get(0)).state()).isEqualTo(AccountState.NEW);
        noMoreFaults();
        assertThat(runToItsEnd().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(key())
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
}

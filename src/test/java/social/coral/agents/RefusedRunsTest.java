package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import social.coral.CoralTest;
import social.coral.content.AccountState;
import social.coral.egress.Peer;
import social.coral.networks.TestNetwork;
import social.coral.vault.ApiKey;
import social.coral.vault.ServiceName;

/** What a refusal of X about the key, its plan or a limit does to runs, and how it goes on afterwards. */
@CoralTest
@DirtiesContext
class RefusedRunsTest extends RefusingX {

    @Autowired
    ScheduledStarts scheduled;

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
            tenant.run(() -> scheduled.start(AGENT));
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
        tenant.run(() -> scheduled.start(AGENT));
        AgentRun second = tenant.call(() -> runs.latest(AGENT).orElseThrow());
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
        answers(RefusingX::usual);
        start();
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(key().state()).isEqualTo(ApiKey.State.VALID);
        int pauses = count("select pauses from public.user_api_keys where user_id = :tenant");
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

        tenant.run(() -> scheduled.start(AGENT));
        AgentRun next = tenant.call(() -> runs.latest(AGENT).orElseThrow());
        assertThat(next.id()).isNotEqualTo(run);
        assertThat(step(untilItWaits(next.id()), OTHER).status()).isEqualTo(StepStatus.SUCCEEDED);
        assertThat(read(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(step(read(run), ONE)).matches(step -> step.status() == StepStatus.SKIPPED && "Left to the next run".equals(step.summary()));
    }

    @Test
    void aLimitedLookUpIsNotAwaitedForAccountsThatNobodyCollectsFromAnyMore() throws Exception {
        answers(request -> Peer.text("429 Slow\r\nx-rate-limit-reset: " + Instant.now().plusSeconds(3_600).getEpochSecond(), ""));
        UUID run = start();
        assertThat(untilItWaits(run).errorCode()).isEqualTo("steps_limited");
        UUID one = account(ONE).id();
        UUID other = account(OTHER).id();
        tenant.run(() -> accounts.remove(one));
        assertThat(read(run).status()).as("the other one is still to be looked up").isEqualTo(RunStatus.WAITING);
        tenant.run(() -> accounts.change(other, null, false));
        assertThat(toItsEnd(run)).matches(ended -> ended.status() == RunStatus.SUCCEEDED && step(ended, ONE).status() == StepStatus.SKIPPED);
    }
}

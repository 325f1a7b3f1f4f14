package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import social.coral.CoralTest;
import social.coral.content.AccountState;
import social.coral.egress.Peer;
import social.coral.networks.TestNetwork;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyChecks;
import social.coral.vault.ServiceName;

/** A key that does not work is marked once and holds the schedule, in one run that waits for another key. */
@CoralTest
@DirtiesContext
class RefusedKeysTest extends RefusingX {

    private static final String UNAUTHORIZED = "{\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Unauthorized\"}";

    @Autowired
    ScheduledStarts scheduled;

    @Autowired
    KeyChecks checks;

    @Test
    void aScheduleWaitsInOneRunAndGoesOnWithANewKey() throws Exception {
        answers(request -> Peer.text("401 No", UNAUTHORIZED));
        AgentRun waiting = untilItWaits(scheduledRun());
        assertThat(waiting.errorCode()).isEqualTo("credentials_refused");
        assertThat(waiting.error()).contains("does not accept the bearer token").isEqualTo(key().stateDetail());
        assertThat(waiting.waitingUntil()).isBetween(Instant.now().plusSeconds(600), Instant.now().plusSeconds(1_020));
        assertThat(key().state()).isEqualTo(ApiKey.State.REFUSED);
        assertThat(account(ONE).state()).isEqualTo(AccountState.NEW);

        for (int i = 0; i < 5; i++) {
            assertThat(scheduledRun()).isEqualTo(waiting.id());
        }
        assertThat(asked).hasSize(1);
        assertThat(logged("paused")).singleElement().asString().endsWith("Scheduled runs wait for a new key.");
        assertThat(logged("failed")).isEmpty();

        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, TestNetwork.QUICK_KEY));
        assertThat(toItsEnd(waiting.id()).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(runs()).isEqualTo(1);
    }

    @Test
    void aRunOfAPersonFailsAtOnceAndTheScheduleAfterItMakesNoCall() throws Exception {
        answers(request -> Peer.text("401 No", UNAUTHORIZED));
        AgentRun failed = runToItsEnd();
        assertThat(failed).matches(run -> run.status() == RunStatus.FAILED && "credentials_refused".equals(run.errorCode()));
        AgentRun waiting = untilItWaits(scheduledRun());
        assertThat(waiting.errorCode()).isEqualTo("credentials_refused");
        assertThat(waiting.error()).isEqualTo(failed.error());
        assertThat(asked).hasSize(1);
        assertThat(logged("failed")).as("told with the run that a person started, and not again").hasSize(1);
        assertThat(logged("paused")).isEmpty();
    }

    @Test
    void aPersonWakesTheRunAndAnotherRefusalMakesItWaitLonger() throws Exception {
        answers(request -> Peer.text("401 No", UNAUTHORIZED));
        UUID run = scheduledRun();
        untilItWaits(run);
        for (int woken = 2; woken <= 4; woken++) {
            int calls = woken;
            assertThat(start()).isEqualTo(run);
            await().atMost(Duration.ofSeconds(60)).until(() -> asked.size() == calls && read(run).status() == RunStatus.WAITING);
        }
        assertThat(read(run).waitingUntil()).isBetween(Instant.now().plusSeconds(7_000), Instant.now().plusSeconds(7_300));
        assertThat(logged("paused")).hasSize(1);
    }

    @Test
    void aTestThatFindsTheKeyAcceptedLetsTheRunGoOn() throws Exception {
        answers(request -> Peer.text("401 No", UNAUTHORIZED));
        UUID run = scheduledRun();
        untilItWaits(run);
        answers(RefusingX::usual);
        tenant.run(() -> checks.check(ServiceName.TWITTER_BEARER));
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(key()).matches(now -> now.state() == ApiKey.State.VALID && now.pausedUntil() == null);
    }

    @Test
    void aKeyThatCannotBeOpenedHoldsTheScheduleToo() throws Exception {
        tenant.run(() -> door.sql("update public.user_api_keys set encrypted_key = '\\x00' where user_id = :tenant").update());
        AgentRun waiting = untilItWaits(scheduledRun());
        assertThat(waiting.errorCode()).isEqualTo("key_unreadable");
        assertThat(scheduledRun()).isEqualTo(waiting.id());
        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, TestNetwork.QUICK_KEY));
        assertThat(toItsEnd(waiting.id()).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aKeyThatStaysMissingIsLoggedOnce() throws Exception {
        tenant.run(() -> keys.delete(ServiceName.TWITTER_BEARER));
        for (int i = 0; i < 3; i++) {
            tenant.run(() -> scheduled.start(AGENT));
        }
        assertThat(logged()).filteredOn(line -> line.contains("skipped")).singleElement().asString().contains("X bearer token");
        assertThat(runs()).isZero();
    }

    @Test
    void aKeyThatNoNetworkCanTakeIsRefusedWithoutACall() throws Exception {
        tenant.run(() -> keys.save(ServiceName.TWITTER_BEARER, "k".repeat(1_500)));
        AgentRun failed = runToItsEnd();
        assertThat(failed).as(failed.toString()).matches(run -> "credentials_refused".equals(run.errorCode()));
        assertThat(failed.error()).startsWith("This is not a bearer token");
        assertThat(key().state()).isEqualTo(ApiKey.State.REFUSED);
        assertThat(untilItWaits(scheduledRun()).errorCode()).isEqualTo("credentials_refused");
    }

    private UUID scheduledRun() throws Exception {
        tenant.run(() -> scheduled.start(AGENT));
        return tenant.call(() -> runs.latest(AGENT).orElseThrow().id());
    }
}

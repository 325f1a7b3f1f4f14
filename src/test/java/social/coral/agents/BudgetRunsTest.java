package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import social.coral.CoralTest;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.OwnerDoor;
import social.coral.usage.AgentBudget;
import social.coral.usage.Budgets;
import social.coral.usage.Plans;

/** What a limit does to a run, and how the run goes on when there is room again. */
@CoralTest
@DirtiesContext
class BudgetRunsTest extends RefusingX {

    /** More than a look at a name, less than a page of posts. */
    private static final long SOME = 20_000;

    @Autowired Budgets budgets;
    @Autowired DatabaseServer server;

    @Test
    void aRunThatMeetsALimitWaitsAndGoesOnWhenTheLimitIsRaised() throws Exception {
        answers(RefusingX::usual);
        tenant.run(() -> budgets.change(null, SOME, false));
        UUID run = start();
        AgentRun waiting = untilItWaits(run);
        assertThat(waiting.errorCode()).isEqualTo("budget_exceeded");
        assertThat(waiting.error()).contains("your daily limit of $0.02", "is left", "Settings, Usage");
        assertThat(waiting.waitingUntil()).isNotNull();
        int before = asked.size();

        assertThat(start()).as("run now looks again").isEqualTo(run);
        await().atMost(Duration.ofSeconds(60)).until(() -> read(run).status() == RunStatus.WAITING);
        assertThat(asked).as("and calls nothing that has no room").hasSize(before);
        int told = count("select count(*) from public.agent_logs where user_id = :tenant and level = 'warning' and details like 'Waiting: %your daily limit of $0.02%'");
        assertThat(told).as("in the log, once for the same reason").isEqualTo(1);

        tenant.run(() -> budgets.change(null, null, false));
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        int open = count("select count(*) from public.usage_reservations where user_id = :tenant");
        assertThat(open).as("nothing stays reserved").isZero();
    }

    @Test
    void theLimitsOfAnAgentHoldForItsRuns() throws Exception {
        answers(RefusingX::usual);
        tenant.run(() -> budgets.limit(null, null, List.of(new AgentBudget(AGENT, null, SOME))));
        UUID run = start();
        assertThat(untilItWaits(run).error()).contains("this run's limit of $0.02");
        tenant.run(() -> budgets.limit(null, null, List.of(new AgentBudget(AGENT, SOME, null))));
        await().atMost(Duration.ofSeconds(60)).until(() -> String.valueOf(read(run).error()).contains("this agent's monthly limit of $0.02"));
        tenant.run(() -> budgets.limit(null, null, List.of(new AgentBudget(AGENT, null, null))));
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void whileAllSpendingIsStoppedNoRunStartsAndOneUnderWayWaitsUntilItIsAllowed() throws Exception {
        answers(request -> {
            tenant.run(() -> budgets.stop(true));
            return usual(request);
        });
        UUID run = start();
        assertThat(untilItWaits(run).error()).contains("You stopped all spending");
        assertThat(asked).hasSize(1);
        Failure refused = tenant.call(() -> catchThrowableOfType(Failure.class, () -> agents.run(AGENT)));
        assertThat(refused.status().value()).isEqualTo(402);
        assertThat(refused.details()).containsEntry("limit", "stopped").containsEntry("link", "/settings/usage");

        answers(RefusingX::usual);
        tenant.run(() -> budgets.stop(false));
        assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void aLimitThatIsRaisedWhileAllIsStoppedLeavesItStopped() throws Exception {
        tenant.run(() -> {
            budgets.stop(true);
            budgets.limit(5_000_000L, null, List.of());
            assertThat(budgets.current().stopped()).isTrue();
            budgets.stop(false);
            assertThat(budgets.current().monthMicroUsd()).isEqualTo(5_000_000L);
        });
    }

    @Test
    void aRunGoesOnAtOnceWhenTheOperatorRaisesTheLimitOfItsPlan() throws Exception {
        answers(RefusingX::usual);
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            Plans plans = new Plans(owner);
            String who = tenant.id().toString();
            plans.limit(who, new BigDecimal("0.02"));
            UUID run = start();
            assertThat(untilItWaits(run).error()).contains("plan");
            plans.limit(who, BigDecimal.TEN);
            tenant.run(() -> WaitingRuns.goOn(owner.tenants()));
            assertThat(toItsEnd(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        }
    }
}

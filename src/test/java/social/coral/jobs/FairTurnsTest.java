package social.coral.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;

/** Nobody waits for what others have to be done. */
@CoralTest
class FairTurnsTest extends MadeUpTask {

    @Autowired
    People people;

    @Autowired
    DatabaseServer server;

    @Test
    void tenThousandDueJobsOfATenantDelayNobody() {
        UUID hog = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        due(hog, 10_000, Instant.now().minus(Duration.ofHours(1)));
        due(other, 1, Instant.now().minusSeconds(1));
        Set<String> first = Set.copyOf(take(aProcess(), 2).stream().map(MadeUpTask::tenant).toList());
        assertThat(first).containsExactlyInAnyOrder(hog.toString(), other.toString());
    }

    @Test
    void everyTenantIsServedOnceARoundHoweverMuchTheOthersHave() {
        List<UUID> hogs = Stream.generate(UUID::randomUUID).limit(20).toList();
        hogs.forEach(hog -> due(hog, 50, Instant.now().minus(Duration.ofHours(1))));
        List<String> served = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            take(aProcess(), 5).forEach(job -> served.add(tenant(job)));
        }
        for (int round = 0; round < 3; round++) {
            assertThat(served.subList(20 * round, 20 * round + 20)).doesNotHaveDuplicates();
        }
    }

    @Test
    void tenantsWhoseServiceDoesNotAnswerKeepNoOtherRunFromItsEnd() {
        List<UUID> slow = Stream.generate(UUID::randomUUID).limit(200).toList();
        UUID other = UUID.randomUUID();
        Semaphore begun = new Semaphore(0);
        ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();
        slow.forEach(tenant -> due(tenant, 1, Instant.now().minus(Duration.ofMinutes(1))));
        LaneWorker worker = worker(Lane.RUNS, (job, turn) -> {
            if (!tenant(job).equals(other.toString())) {
                begun.release();
                turn.outside(this::untilTheTestIsOver);
            }
            ended.add(tenant(job));
            return Optional.empty();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> begun.availablePermits() == slow.size());
        due(other, 1, Instant.now());
        worker.wakeUp();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(ended).containsExactly(other.toString()));
    }

    @Test
    void anErasureWaitsForACallOfItsOwnPersonAndForNoneOfTheRunsThatHoldEveryPlace() {
        TestPerson leaver = people.aPerson();
        CountDownLatch ownCall = new CountDownLatch(1);
        Semaphore begun = new Semaphore(0);
        ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();
        due(leaver.id(), 1, Instant.now().minus(Duration.ofMinutes(2)));
        Stream.generate(UUID::randomUUID).limit(Lane.RUNS.places).forEach(tenant -> due(tenant, 1, Instant.now().minus(Duration.ofMinutes(1))));
        worker(Lane.RUNS, (job, turn) -> {
            begun.release();
            turn.outside(() -> until(tenant(job).equals(leaver.id().toString()) ? ownCall : testIsOver));
            ended.add(tenant(job));
            return Optional.empty();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> begun.availablePermits() == Lane.RUNS.places);
        assertThat(leaver.api().send("DELETE", "/api/user", HttpRequest.BodyPublishers.ofString("{\"waive_grace\": true}"), "application/json").status()).isEqualTo(202);
        await().atMost(Duration.ofMinutes(1)).until(() -> rowsOf(leaver, "public.user_profiles", "user_id") == 0);
        assertThat(rowsOf(leaver, "auth.users", "id")).as("while a call is made with what it was given").isOne();
        ownCall.countDown();
        await().atMost(Duration.ofMinutes(1)).until(() -> rowsOf(leaver, "auth.users", "id") == 0);
        assertThat(ended).containsExactly(leaver.id().toString());
    }

    private int rowsOf(TestPerson person, String table, String column) {
        try (Connection owner = server.connectAsOwner(); Statement statement = owner.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + person.id() + "\"}', false)");
            try (ResultSet rows = statement.executeQuery("select count(*) from " + table + " where " + column + " = '" + person.id() + "'")) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void oneTenantHasFewJobsInHandAtOnceAndAnotherLaneIsOfNoConcern() {
        UUID hog = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        ConcurrentLinkedQueue<String> begun = new ConcurrentLinkedQueue<>();
        due(hog, 300, Instant.now().minus(Duration.ofMinutes(1)));
        worker(Lane.RUNS, (job, turn) -> {
            begun.add(tenant(job));
            turn.outside(this::untilTheTestIsOver);
            return Optional.empty();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> begun.size() == Lane.RUNS.ofOneTenant);
        due(other, 1, Instant.now());
        await().atMost(Duration.ofMinutes(1)).until(() -> begun.contains(other.toString()));
        assertThat(begun.stream().filter(hog.toString()::equals)).hasSize(Lane.RUNS.ofOneTenant);
    }

    @Test
    void whoeverWorksDoesSoInSmallNumbersAndWhoeverWaitsOutsideHoldsNobodyUp() {
        Semaphore inside = new Semaphore(0);
        Stream.generate(UUID::randomUUID).limit(Lane.RUNS.atWork + 5).forEach(tenant -> due(tenant, 1, Instant.now()));
        worker(Lane.RUNS, (job, turn) -> {
            inside.release();
            untilTheTestIsOver();
            return Optional.empty();
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> inside.availablePermits() == Lane.RUNS.atWork);
        await().during(Duration.ofSeconds(2)).until(() -> inside.availablePermits() == Lane.RUNS.atWork);
    }
}

package social.coral.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.egress.Peer;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.BudgetFailure;
import social.coral.usage.Budgets;
import social.coral.usage.Meter;
import social.coral.web.frame.Figures;

/** A process is killed while a model answers it. */
@CoralTest
class KilledModelCallTest {

    private static final String ANSWER = "{\"model\":\"claude-sonnet-5-5\",\"content\":[{\"type\":\"text\",\"text\":\"Tea.\"}],\"stop_reason\":\"end_turn\","
            + "\"usage\":{\"input_tokens\":100,\"output_tokens\":7}}";

    @Autowired private People people;
    @Autowired private Budgets budgets;
    @Autowired private Meter meter;
    @Autowired private TenantDoor door;
    @Autowired private DatabaseServer server;

    private record Counted(int reservations, long open, int calls, long entered, long spent) {}

    @Test
    void itsReservationCountsUntilItExpiresAndNothingIsCountedTwice() throws Exception {
        TestPerson person = people.aPerson();
        CountDownLatch called = new CountDownLatch(1);
        AtomicBoolean answers = new AtomicBoolean();
        try (Peer peer = Peer.thatChooses(head -> answers.get() ? Peer.text("200 OK", ANSWER) : out -> {
            called.countDown();
            awaitQuietly(new CountDownLatch(1));
        })) {
            Process killed = start(person, peer);
            called.await();
            killed.destroyForcibly().waitFor();
            answers.set(true);
            Counted open = counted(person);
            assertThat(open.reservations()).isEqualTo(1);
            assertThat(open.calls()).isZero();
            assertThat(open.open()).isPositive();
            assertThat(person.browser().get("/settings/usage").body()).contains("Reserved for calls under way", Figures.money(open.open()));

            person.tenant().run(() -> budgets.change(open.open() * 3 / 2, null, false));
            Failure full = catchThrowableOfType(Failure.class, () -> person.tenant().run(() -> ModelCallProcess.ask(meter, peer.url())));
            assertThat(BudgetFailure.is(full)).as("what is open counts").isTrue();
            expire(person);
            Process second = start(person, peer);
            assertThat(second.waitFor()).isZero();
            Counted end = counted(person);
            assertThat(end.calls()).isEqualTo(1);
            assertThat(end.spent()).isEqualTo(end.entered()).isPositive();
            assertThat(end.reservations()).as("the expired one is kept, and counts no longer").isEqualTo(1);
            assertThat(end.open()).isZero();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Process start(TestPerson person, Peer peer) throws IOException {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        ModelCallProcess.class.getName(), server.jdbcUrl(), server.owner().getProperty("user"), server.owner().getProperty("password", ""),
                        person.id().toString(), peer.url()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void expire(TestPerson person) throws Exception {
        try (Connection owner = DriverManager.getConnection(server.jdbcUrl(), server.owner());
                PreparedStatement acted = owner.prepareStatement("select auth.act_as(jsonb_build_object('sub', ?::text, 'role', 'authenticated')::text)");
                PreparedStatement expired = owner.prepareStatement("update public.usage_reservations set expires_at = now() - interval '1 second' where user_id = ?::uuid")) {
            owner.setAutoCommit(false);
            acted.setString(1, person.id().toString());
            acted.execute();
            expired.setString(1, person.id().toString());
            assertThat(expired.executeUpdate()).isEqualTo(1);
            owner.commit();
        }
    }

    private Counted counted(TestPerson person) throws Exception {
        return person.tenant().call(() -> door.sql("""
                        select (select count(*) from public.usage_reservations where user_id = :tenant) as reservations,
                          (select coalesce(sum(amount_micro_usd), 0) from public.usage_reservations where user_id = :tenant and expires_at > now()) as open,
                          (select count(*) from public.api_usage_logs where user_id = :tenant) as calls,
                          (select coalesce(sum(cost_micro_usd), 0) from public.api_usage_logs where user_id = :tenant) as entered,
                          (select coalesce(sum(cost_micro_usd), 0) from public.usage_days where user_id = :tenant) as spent
                        """)
                .one(row -> new Counted(row.getInt("reservations"), row.getLong("open"), row.getInt("calls"), row.getLong("entered"), row.getLong("spent"))));
    }
}

package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.TenantDoor;

/** Two processes with hundreds of threads spend one tenant's money, and one of them is killed among its calls. */
@CoralTest
class KilledSpendingTest {

    private static final long LIMIT = 9_000_000;

    @Autowired private People people;
    @Autowired private Budgets budgets;
    @Autowired private TenantDoor door;
    @Autowired private DatabaseServer server;

    private record Counted(long settled, long open, long entered, long calls, long reservations) {}

    @Test
    void settledAndOpenStayWithinTheLimitAndNothingIsChargedTwice() throws Exception {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> budgets.change(LIMIT, null, false));
        Process killed = start(person);
        Process living = start(person);
        assertThat(killed.inputReader().lines().anyMatch("spending"::equals)).isTrue();
        long most = 0;
        for (int looks = 0; living.isAlive(); looks++) {
            if (looks == 40) {
                killed.destroyForcibly().waitFor();
            }
            Counted now = counted(person);
            most = Math.max(most, now.settled() + now.open());
            Thread.sleep(5);
        }
        killed.destroyForcibly();
        assertThat(living.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(living.exitValue()).isZero();
        Counted end = counted(person);
        assertThat(most).isLessThanOrEqualTo(LIMIT);
        assertThat(end.settled() + end.open()).isLessThanOrEqualTo(LIMIT).isGreaterThan(LIMIT / 2);
        assertThat(end.entered()).isEqualTo(end.settled());
        assertThat(end.reservations()).isEqualTo(end.calls());
    }

    private Process start(TestPerson person) throws IOException {
        return new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                        SpendingProcess.class.getName(), server.jdbcUrl(), server.owner().getProperty("user"), server.owner().getProperty("password", ""),
                        person.id().toString(), "200"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Counted counted(TestPerson person) throws Exception {
        return person.tenant().call(() -> door.sql("""
                        select (select coalesce(sum(cost_micro_usd), 0) from public.usage_days where user_id = :tenant) as settled,
                          (select coalesce(sum(amount_micro_usd), 0) from public.usage_reservations where user_id = :tenant) as open,
                          (select coalesce(sum(cost_micro_usd), 0) from public.api_usage_logs where user_id = :tenant) as entered,
                          (select count(*) from public.api_usage_logs where user_id = :tenant) as calls,
                          (select count(distinct reservation_id) from public.api_usage_logs where user_id = :tenant) as reservations
                        """)
                .one(row -> new Counted(row.getLong("settled"), row.getLong("open"), row.getLong("entered"), row.getLong("calls"), row.getLong("reservations"))));
    }
}

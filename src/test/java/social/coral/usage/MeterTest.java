package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.RoundTrips;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.Call.Outcome;

/** Whatever happens at once: what was spent and what is reserved stay together within every limit. */
@CoralTest
class MeterTest {

    private static final Call POSTS = new Call("x", "GET /2/users/{id}/tweets", "post");
    private static final long PRICE = 5_000;
    private static final Duration TOOK = Duration.ofMillis(20);
    private static final Meter.Reason NOTHING = new Meter.Reason("", null, null);

    @Autowired private People people;
    @Autowired private Meter meter;
    @Autowired private Budgets budgets;
    @Autowired private UsageReport report;
    @Autowired private TenantDoor door;
    @Autowired private DatabaseServer server;

    @Test
    void settledAndOpenStayWithinEveryLimitWhateverHappensAtOnce() throws Exception {
        TestPerson person = people.aPerson();
        long month = 4_000_000;
        long agents = 1_500_000;
        person.tenant().run(() -> {
            budgets.change(month, null, false);
            door.sql("insert into public.agent_budgets (agent, month_micro_usd) values ('hot-topics', :most)").param("most", agents).update();
        });
        AtomicInteger granted = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger left = new AtomicInteger();
        AtomicInteger operations = new AtomicInteger();
        List<Long> overshoots = new ArrayList<>();
        List<Thread> working = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            Random random = new Random(i);
            working.add(Thread.ofVirtual().start(() -> person.tenant().run(() -> {
                for (int call = 0; call < 25; call++) {
                    try {
                        operations.addAndGet(act(random));
                        granted.incrementAndGet();
                    } catch (Failure full) {
                        assertThat(full.code()).isEqualTo(BudgetFailure.CODE);
                        operations.incrementAndGet();
                        refused.incrementAndGet();
                    } catch (CannotGetJdbcConnectionException busy) {
                        // On a slow machine a call may wait too long for its turn. It stays as it is.
                        left.incrementAndGet();
                    }
                }
            })));
        }
        while (working.stream().anyMatch(Thread::isAlive)) {
            person.tenant().run(() -> overshoots.add(Math.max(counted("") - month, counted("hot-topics") - agents)));
        }
        for (Thread thread : working) {
            thread.join();
        }
        System.out.printf("%,d operations of %d threads: %,d calls granted, %,d refused and %,d left half-way; looked at %,d times, the largest overshoot was %d%n",
                operations.get(), working.size(), granted.get(), refused.get(), left.get(), overshoots.size(), Math.max(0, Collections.max(overshoots)));
        assertThat(granted.get() + refused.get() + left.get()).as("calls").isEqualTo(working.size() * 25);
        assertThat(overshoots).as("over a limit, in millionths of a US dollar").allMatch(over -> over <= 0);
        assertThat(granted).hasPositiveValue();
        assertThat(refused).hasPositiveValue();
        person.tenant().run(() -> {
            assertThat(counted("")).isLessThanOrEqualTo(month);
            long entered = door.sql("select coalesce(sum(cost_micro_usd), 0) from public.api_usage_logs where user_id = :tenant").one(row -> row.getLong(1));
            long summed = door.sql("select coalesce(sum(cost_micro_usd), 0) from public.usage_days where user_id = :tenant").one(row -> row.getLong(1));
            assertThat(entered).isEqualTo(summed).isPositive();
        });
    }

    /** Opens a call, and settles it once or twice, releases it, or leaves it as a process does that dies. Tells how many operations that were. */
    private int act(Random random) {
        int most = 1 + random.nextInt(20);
        OpenCall call = meter.open(POSTS, Amount.units(most), new Meter.Reason(random.nextBoolean() ? "hot-topics" : "research", null, null));
        return switch (random.nextInt(20)) {
            case 0 -> 1;
            case 1, 2, 3 -> {
                call.release();
                yield 2;
            }
            default -> {
                Amount used = Amount.units(random.nextInt(most + 1));
                call.settle(Outcome.OK, used, TOOK);
                if (random.nextBoolean()) {
                    yield 2;
                }
                call.settle(Outcome.OK, used, TOOK);
                call.release();
                yield 4;
            }
        };
    }

    @Test
    void aReservationAndItsSettlementTakeOneRoundTripEach() throws Exception {
        people.aPerson().tenant().call(() -> {
            Callable<?> call = () -> {
                meter.open(POSTS, Amount.units(1), NOTHING).settle(Outcome.OK, Amount.units(1), TOOK);
                return true;
            };
            call.call();
            // Where the machine pauses in between, the pool asks whether the connection is alive.
            assertThat(List.of(RoundTrips.of("service_name", call), RoundTrips.of("service_name", call), RoundTrips.of("service_name", call))).contains(2);
            return true;
        });
    }

    private long counted(String agent) {
        return door.sql("""
                        select (select coalesce(sum(cost_micro_usd), 0) from public.usage_days where user_id = :tenant and (:agent = '' or agent = :agent))
                          + (select coalesce(sum(amount_micro_usd), 0) from public.usage_reservations where user_id = :tenant and (:agent = '' or agent = :agent))
                        """)
                .param("agent", agent)
                .one(row -> row.getLong(1));
    }

    @Test
    void aRefusalTellsTheLimitWhatIsLeftOfItAndUntilWhen() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> {
            budgets.change(null, 10 * PRICE, false);
            meter.open(POSTS, Amount.units(8), NOTHING).settle(Outcome.OK, Amount.units(7), TOOK);

            Failure refusal = catchThrowableOfType(Failure.class, () -> meter.open(POSTS, Amount.units(4), NOTHING));
            assertThat(refusal.status().value()).isEqualTo(402);
            assertThat(refusal.details()).containsEntry("limit", "day").containsEntry("limit_micro_usd", 10 * PRICE).containsEntry("left_micro_usd", 3 * PRICE)
                    .containsKeys("until", "link");
            assertThat(refusal.sentence()).contains("$0.02", "$0.05", "daily limit");
            meter.open(POSTS, Amount.units(3), NOTHING).release();

            budgets.change(6 * PRICE, null, false);
            assertThat(catchThrowableOfType(Failure.class, () -> meter.open(POSTS, Amount.units(1), NOTHING)).details()).containsEntry("limit", "month").containsEntry("left_micro_usd", 0L);
            budgets.change(null, null, false);
            assertThat(catchThrowableOfType(Failure.class, () -> meter.open(POSTS, Amount.units(2_000), NOTHING)).details()).containsEntry("limit", "plan");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "499999 | 100 | may cost $0.50, and $0.49 is left of your daily limit of $0.534999 until",
        "9999 | 2 | may cost $0.01, and $0.009999 is left of your daily limit of $0.044999 until",
        "1 | 1 | may cost $0.005, and $0.000001 is left of your daily limit of $0.035001 until",
        "15000 | 4 | may cost $0.02, and $0.01 is left of your daily limit of $0.05 until",
    })
    void aRefusalNamesMoreThanIsLeft(long left, int posts, String words) {
        people.aPerson().tenant().run(() -> {
            budgets.change(null, 7 * PRICE + left, false);
            meter.open(POSTS, Amount.units(7), NOTHING).settle(Outcome.OK, Amount.units(7), TOOK);
            assertThat(catchThrowableOfType(Failure.class, () -> meter.open(POSTS, Amount.units(posts), NOTHING)).sentence()).contains(words);
        });
    }

    @Test
    void stoppedEndsAllCallsAlsoThoseThatAreFree() {
        TestPerson person = people.aPerson();
        Call free = new Call("sandbox", "GET /2/tweets", "post");
        person.tenant().run(() -> {
            meter.open(free, Amount.units(5), NOTHING).settle(Outcome.OK, Amount.units(5), TOOK);
            budgets.change(null, null, true);
            assertThat(catchThrowableOfType(Failure.class, () -> meter.open(free, Amount.units(5), NOTHING)).details()).containsEntry("limit", "stopped");
            assertThat(catchThrowableOfType(Failure.class, () -> meter.open(POSTS, Amount.units(5), NOTHING)).details()).containsEntry("limit", "stopped");
        });
        assertThat(person.put("/api/user/budget", Map.of("stopped", false)).json().at("/budget/stopped").asBoolean()).isFalse();
        person.tenant().run(() -> meter.open(POSTS, Amount.units(5), NOTHING).release());
    }

    @Test
    void whatIsLeftOpenCountsUntilItExpiresAndIsStillSettledAfterwards() {
        TestPerson person = people.aPerson();
        person.tenant().run(() -> {
            budgets.change(10 * PRICE, null, false);
            OpenCall lost = meter.open(POSTS, Amount.units(10), NOTHING);
            assertThatThrownBy(() -> meter.open(POSTS, Amount.units(1), NOTHING)).isInstanceOf(Failure.class);
            expire(person);
            meter.open(POSTS, Amount.units(1), NOTHING).release();
            lost.settle(Outcome.OK, Amount.units(4), TOOK);
            assertThat(counted("")).isEqualTo(4 * PRICE);
        });
    }

    private void expire(TestPerson person) {
        asOwner("update public.usage_reservations set expires_at = now() - interval '1 second'", person);
    }

    private void asOwner(String sql, TestPerson person) {
        try (Connection owner = server.connectAsOwner(); Statement statement = owner.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + person.id() + "\",\"role\":\"authenticated\"}', false)");
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTenantCannotRaiseItsOwnLimitNorLowerWhatItSpent() {
        TestPerson person = people.aPerson();
        UUID other = people.aPerson().id();
        person.tenant().run(() -> meter.open(POSTS, Amount.units(3), NOTHING).settle(Outcome.OK, Amount.units(3), TOOK));
        List.of("update public.usage_days set cost_micro_usd = 0 where user_id = :tenant",
                "delete from public.api_usage_logs where user_id = :tenant",
                "delete from public.usage_reservations where user_id = :tenant",
                "update public.user_profiles set api_usage_limit = 99999 where user_id = :tenant")
                .forEach(sql -> assertThatThrownBy(() -> person.tenant().run(() -> door.sql(sql).update())).as(sql).isInstanceOf(DataAccessException.class));
        person.tenant().run(() -> door.sql("select public.reset_monthly_usage() is null where :tenant is not null").one(row -> true));
        assertThatThrownBy(() -> person.tenant().run(() -> reported(other, 1))).isInstanceOf(DataAccessException.class);
        assertThatThrownBy(() -> person.tenant().run(() -> reported(person.id(), -5))).isInstanceOf(DataAccessException.class);
        person.tenant().run(() -> reported(person.id(), 5));

        assertThat(person.get("/api/user/profile").json().at("/profile/api_usage_current").asInt()).isEqualTo(7);
        assertThat(person.get("/api/user/usage").json().at("/usage/current").asInt()).isEqualTo(7);
        assertThat(person.get("/api/user/usage").json().at("/usage/limit").asInt()).isEqualTo(1000);
    }

    private boolean reported(UUID whose, int cents) {
        return door.sql("select public.increment_api_usage(:whose, 'openai', :cents) is null where :tenant is not null").param("whose", whose).param("cents", cents).one(row -> true);
    }
}

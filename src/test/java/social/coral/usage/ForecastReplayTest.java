package social.coral.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.agents.Agents;
import social.coral.egress.Egress;
import social.coral.egress.TestEgress;
import social.coral.installation.DatabaseServer;
import social.coral.networks.MovableClock;
import social.coral.networks.Post;
import social.coral.networks.PostPage;
import social.coral.networks.PostQuery;
import social.coral.networks.SandboxNetwork;
import social.coral.networks.SocialNetwork;
import social.coral.sandbox.Sandbox;
import social.coral.sandbox.TestSandbox;
import social.coral.services.Caller;
import social.coral.tenancy.TenantDoor;

/**
 * The demo's months replayed: Ada of the demo collects twice a day from the sandbox, whose clock is moved, and pays what X charges. At the end
 * of each day the forecast is asked what the month will cost.
 */
@CoralTest
class ForecastReplayTest {

    private static final List<String> AUTHORS = List.of("reef_notes", "orbit_daily", "kernel_kettle", "ciel_et_code");
    private static final List<LocalTime> AT = List.of(LocalTime.of(9, 0), LocalTime.of(18, 0));
    /** As in the demo, the run that fails costs nothing, and the next one reads its posts. */
    private static final int FAILED = 5;
    private static final Duration COUNTS_MOVE_FOR = Duration.ofDays(3);
    private static final YearMonth FIRST = YearMonth.of(2026, 6);
    private static final int MONTHS = 2;
    private static final List<LocalDate> DAYS = FIRST.atDay(1).datesUntil(FIRST.plusMonths(MONTHS).atDay(1)).toList();

    @Autowired private People people;
    @Autowired private Meter meter;
    @Autowired private TenantDoor door;
    @Autowired private DatabaseServer server;

    private final MovableClock clock = new MovableClock();
    private final Egress egress = TestEgress.openTo();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> newest = new HashMap<>();
    private final Map<String, Post> young = new HashMap<>();

    /** @param error how far off, as a share of what the month came to */
    private record Asked(int month, int day, double error, boolean isWithin) {}

    @Test
    void aWeekTellsWhatTheMonthWillCost(@TempDir Path folder) throws SQLException {
        TestPerson person = people.aPerson();
        // Each call is reserved and settled as any; only its service is called X, which charges.
        Meter.Reason reason = new Meter.Reason(Agents.COLLECTING, null, null);
        Caller caller = (call, most) -> meter.open(new Call("x", call.endpoint(), call.unit()), most, reason);
        try (Sandbox sandbox = TestSandbox.in(folder, egress, clock); Connection owner = server.connectAsOwner()) {
            person.tenant().run(() -> {
                SocialNetwork network = SandboxNetwork.of(sandbox, egress, clock, caller);
                for (int day = 0; day < DAYS.size(); day++) {
                    collect(network, DAYS.get(day), day * AT.size());
                    moveTo(DAYS.get(day), person, owner);
                }
            });
        }
        List<Asked> asked = new ArrayList<>();
        person.tenant().run(() -> DAYS.forEach(day -> asked(day).ifPresent(asked::add)));
        print("the month of the first run", asked, month -> month == 0);
        print("the month after it", asked, month -> month > 0);
        assertThat(asked).filteredOn(one -> one.day() >= 7).allSatisfy(one -> assertThat(one.error()).as(one.toString()).isLessThan(0.15));
    }

    private void collect(SocialNetwork network, LocalDate day, int firstRun) {
        for (int slot = 0; slot < AT.size(); slot++) {
            Instant now = day.atTime(AT.get(slot)).toInstant(ZoneOffset.UTC);
            clock.forward(Duration.between(clock.instant(), now));
            if (firstRun + slot != FAILED) {
                AUTHORS.forEach(author -> visit(network, author));
                refreshCounts(network, now);
            }
        }
    }

    private void visit(SocialNetwork network, String author) {
        String id = ids.computeIfAbsent(author, unknown -> network.user(author).id());
        PostPage page = network.postsOf(id, author, PostQuery.newest(PostQuery.MAX_SIZE).since(newest.get(author)));
        if (page.newestId() != null) {
            newest.put(author, page.newestId());
        }
        page.posts().forEach(post -> young.put(post.id(), post));
    }

    /** As the agent does in each run, for as many as one call takes. */
    private void refreshCounts(SocialNetwork network, Instant now) {
        young.values().removeIf(post -> post.createdAt().isBefore(now.minus(COUNTS_MOVE_FOR)));
        network.counts(young.keySet().stream().limit(SocialNetwork.MAX_IDS).toList());
    }

    /** What was entered today belongs to a day of the replay. */
    private static void moveTo(LocalDate day, TestPerson person, Connection owner) {
        try (Statement statement = owner.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + person.id() + "\",\"role\":\"authenticated\"}', false)");
            statement.execute("""
                    with entered as (delete from public.usage_days where user_id = '%1$s' and day > '%2$s' returning *)
                    insert into public.usage_days (user_id, day, agent, service_name, unit, calls, units, input_tokens, output_tokens, cost_micro_usd)
                    select user_id, date '%3$s', agent, service_name, unit, sum(calls), sum(units), 0, 0, sum(cost_micro_usd) from entered
                    group by 1, 2, 3, 4, 5
                    """.formatted(person.id(), DAYS.getLast(), day));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks at the end of a day, when nothing of the days after it can be seen. */
    private Optional<Asked> asked(LocalDate day) {
        YearMonth month = YearMonth.from(day);
        long sum = report(day).between(month.atDay(1), month.atEndOfMonth()).costMicroUsd();
        return report(day).forecast().map(forecast -> new Asked((int) FIRST.until(month, ChronoUnit.MONTHS), day.getDayOfMonth(),
                Math.abs(forecast.microUsd() - sum) / (double) sum, forecast.low() <= sum && sum <= forecast.high()));
    }

    private UsageReport report(LocalDate day) {
        return new UsageReport(door, Clock.fixed(day.atTime(23, 59).toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
    }

    private static void print(String which, List<Asked> asked, IntPredicate months) {
        for (int day : List.of(4, 7, 14, 21, 28)) {
            System.out.println("In " + which + ", off on day " + day + ": " + words(asked, one -> months.test(one.month()) && one.day() == day));
        }
        System.out.println("In " + which + ", off on all days from the 7th: " + words(asked, one -> months.test(one.month()) && one.day() >= 7));
    }

    private static String words(List<Asked> asked, Predicate<Asked> which) {
        List<Asked> some = asked.stream().filter(which).sorted(Comparator.comparingDouble(Asked::error)).toList();
        return "%.1f %% in the median and %.1f %% at most, %d of %d sums in the band".formatted(100 * some.get(some.size() / 2).error(),
                100 * some.getLast().error(), some.stream().filter(Asked::isWithin).count(), some.size());
    }
}

package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.Tenants.aTenant;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CatalogueRows;
import social.coral.CoralTest;
import social.coral.ProductSql;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;

/** How many rows of each table a tenant may hold, whichever way they come. */
@CoralTest
class RowBoundsTest {

    private static final Pattern INSERT = Pattern.compile("\\binsert\\s+into\\s+public\\.");

    @Autowired
    Databases databases;

    @Autowired
    DatabaseServer server;

    @Autowired
    TenantDoor door;

    @Test
    void anInsertIntoAnyTableIsRefusedBeyondItsBound() throws Exception {
        Tenant tenant = aTenant(databases);
        try (Connection owner = server.connectAsOwner()) {
            CatalogueRows rows = new CatalogueRows(owner);
            tenant.run(() -> door.transaction(() -> door.audit("row.made", "one")));
            rows.fill(tenant);
            List<String> refused = rows.texts("select relation from tenancy.tables where beyond = 'refused' and has_any_column_privilege('authenticated', 'public.' || relation, 'insert')");

            assertThat(refused).hasSizeGreaterThan(4).contains("tweets", "tweets_cache", "x_accounts", "personas", "agent_schedules").allSatisfy(table -> {
                TenantDoor full = TestDoors.bounded(databases, new BoundSetting(table, 0));
                String row = rows.rows(table, tenant).getFirst();
                String columns = String.join(", ", rows.texts("select quote_ident(attname) from pg_attribute where attrelid = 'public.%s'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and has_column_privilege('authenticated', attrelid, attnum, 'insert')".formatted(table)));
                String again = "insert into public.%1$s (%2$s) select %2$s from jsonb_populate_record(null::public.%1$s, cast(:row as jsonb)) on conflict do nothing".formatted(table, columns);
                assertThatThrownBy(() -> tenant.call(() -> full.sql(again).param("row", row).update()))
                        .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("limit"));
                assertThat(tenant.call(() -> door.sql(again).param("row", row).update())).as("with room").isZero();
            });
        }
    }

    @Test
    void severalWaysAtOncePassNoBoundTogether() throws Exception {
        Tenant tenant = aTenant(databases);
        TenantDoor small = TestDoors.bounded(databases, new BoundSetting("x_accounts", 25));
        List<Callable<Integer>> ways = new ArrayList<>();
        for (int way = 0; way < 8; way++) {
            String name = "way" + way + "_";
            ways.add(way % 2 == 0
                    ? () -> (int) IntStream.range(0, 10).filter(i -> added(tenant, small, List.<Object[]>of(new Object[] {name + i}))).count()
                    : () -> added(tenant, small, IntStream.range(0, 10).mapToObj(i -> new Object[] {name + i}).toList()) ? 10 : 0);
        }
        int added = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> way : threads.invokeAll(ways)) {
                added += way.get();
            }
        }

        assertThat(added).isEqualTo(25).isEqualTo(held(tenant, "x_accounts"));
    }

    private static boolean added(Tenant tenant, TenantDoor by, List<Object[]> names) {
        try {
            tenant.run(() -> by.sql("insert into public.x_accounts (username) values :rows").rows("rows", names).update());
            return true;
        } catch (Failure full) {
            return false;
        }
    }

    @Test
    void aTableTooLargeToBeCountedEachTimeEndsAtItsBoundAllTheSame() throws Exception {
        Tenant tenant = aTenant(databases);
        int most = 125_000;
        asOwner(tenant, "insert into public.tweets_cache (network, tweet_id, author, content, source, created_at) "
                + "select 'x', i::text, 'bob', 'x', 'imported', now() from generate_series(1, 100000) i");
        TenantDoor large = TestDoors.bounded(databases, new BoundSetting("tweets_cache", most));

        assertThatThrownBy(() -> tenant.run(() -> {
            for (int first = 200_001; first < 240_000; first += 500) {
                large.sql("insert into public.tweets_cache (network, tweet_id, author, content, source, created_at) values :rows")
                        .rows("rows", IntStream.range(first, first + 500).mapToObj(i -> new Object[] {"x", String.valueOf(i), "bob", "x", "imported", java.time.Instant.now()}).toList())
                        .update();
            }
        })).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.sentence()).contains("125000 collected and imported posts"));

        assertThat(held(tenant, "tweets_cache")).isEqualTo(most);
    }

    @Test
    void theOldestRunsGoWithTheirStepsAndWhatIsUnderWayStays() throws Exception {
        Tenant tenant = aTenant(databases);
        asOwner(tenant, """
                insert into public.agent_runs (agent, trigger, queued_at) values ('waits', 'person', '2020-01-01Z');
                insert into public.agent_runs (agent, trigger, status, queued_at, finished_at)
                  select 'a' || i, 'person', 'succeeded', '2021-01-01Z'::timestamptz + make_interval(mins => i), now() from generate_series(1, 2099) i;
                insert into public.agent_run_steps (run_id, position, name, status) select id, 0, 'one', 'succeeded' from public.agent_runs;
                """);

        tenant.run(() -> door.sql("insert into public.agent_runs (agent, trigger) values ('fresh', 'person')").update());

        assertThat(held(tenant, "agent_runs")).isEqualTo(2_000);
        assertThat(held(tenant, "agent_run_steps")).isEqualTo(1_999);
        assertThat(tenant.call(() -> door.sql("select agent from public.agent_runs where user_id = :tenant order by queued_at limit 2").list(row -> row.getString(1))))
                .containsExactly("waits", "a102");
    }

    /** With bounds of three rows, which the transaction takes back. */
    @Test
    void onlyWhatIsBeyondItsBoundGoesAndNeverWhatABillNeedsOrAnotherHas() throws Exception {
        Tenant tenant = aTenant(databases);
        Tenant other = aTenant(databases);
        for (Tenant each : List.of(tenant, other)) {
            asOwner(each, """
                    insert into public.agent_logs (agent_name, action, created_at) select 'a', 'b', now() - make_interval(days => i) from generate_series(1, 9) i;
                    insert into public.api_usage_logs (service_name, endpoint, status, response_time_ms, created_at)
                      select 'x', 'y', 'ok', 1, case when i > 4 then now() else '2024-01-01' end from generate_series(1, 9) i;
                    """);
        }
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            CatalogueRows rows = new CatalogueRows(owner);
            statement.execute("update tenancy.tables set most = 3 where beyond = 'oldest go'");
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + tenant.id() + "\"}', true)");
            assertThat(rows.texts("select jobs.drop_oldest('agent_logs')")).containsExactly("7");
            assertThat(rows.texts("select jobs.drop_oldest('agent_logs')")).containsExactly("0");
            assertThat(rows.texts("select jobs.drop_oldest('api_usage_logs')")).containsExactly("4");
            assertThat(rows.texts("select count(*) from public.api_usage_logs")).containsExactly("5");
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + other.id() + "\"}', true)");
            assertThat(rows.texts("select count(*) from public.agent_logs")).containsExactly("10");
            assertThatThrownBy(() -> rows.texts("select jobs.drop_oldest('tweets')")).isInstanceOf(SQLException.class);
            owner.rollback();
        }
    }

    @Test
    void everyInsertOfTheProductIsOneThatTheDoorBounds() {
        List<String> inserts = ProductSql.texts().filter(text -> INSERT.matcher(text).find()).toList();

        assertThat(inserts).hasSizeGreaterThan(12).allSatisfy(sql -> {
            assertThat(INSERT.matcher(sql).results()).hasSize(1);
            // The importer's table is a name out of the catalogue.
            if (!sql.contains("public.\1")) {
                assertThat(databases.tables().get(String.valueOf(ParsedStatement.grownBy(sql))).most()).isPositive();
            }
        });
    }

    @Test
    void aTableThatNoMigrationDeclaresTakesNoRow() throws Exception {
        assertThatThrownBy(() -> aTenant(databases).run(() -> door.sql("insert into public.never_declared (content) values ('x')").update()))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("declares the table never_declared");
    }

    @Test
    void theFunctionsThatAddRowsPastTheDoorAreThese() throws SQLException {
        try (Connection owner = server.connectAsOwner()) {
            assertThat(new CatalogueRows(owner).texts("select p.oid::regproc::text from pg_proc p where p.prosrc ~* 'insert\\s+into\\s+public\\.' order by 1")).containsExactly(
                    "audit.write", // what is repeated is counted in one entry
                    "auth.backdate_example", // adds up the days of an example person's calls
                    "auth.provision_person", // the first of each
                    "enter_approval", // twenty approvals of a text at most
                    "jobs.keep_some", // at most two log entries a day
                    "usage.keep_within_plan", // a log entry for what it pauses
                    "usage.reserve_as_claimed", // a budget for each person; reservations go with their settlement, or by drop_oldest
                    "usage.settle_and_keep", // calls drop_oldest; what it adds goes with the step
                    "usage.settle_as_claimed"); // calls drop_oldest
        }
    }

    private long held(Tenant tenant, String table) throws Exception {
        return tenant.call(() -> door.sql("select count(*) from public." + table + " where user_id = :tenant").one(row -> row.getLong(1)));
    }

    private void asOwner(Tenant tenant, String sql) throws SQLException {
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + tenant.id() + "\"}', false)");
            statement.execute(sql);
        }
    }
}

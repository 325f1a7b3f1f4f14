package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static social.coral.Tenants.aTenant;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import social.coral.CoralTest;
import social.coral.installation.DatabaseServer;

/**
 * The application is wrong: a repository without predicates that pastes what it is given into its SQL. The attacker knows the
 * source and the victim's id, and shapes the whole rest of the statement.
 */
@CoralTest
class InjectedStatementTest {

    private static final String TAKES_MILLISECONDS = """
            update public.tweets set content = content where user_id = :tenant and (select count(*) from generate_series(1, 100000)) > 0
            """;
    private static final String SECRET = "the victim's draft";
    private static final String MARK = "the attacker's draft";

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    @Autowired
    DatabaseServer server;

    private Tenant victim;
    private Tenant attacker;

    @BeforeEach
    void twoTenants() {
        victim = aTenant(databases);
        attacker = aTenant(databases);
        victim.run(() -> door.sql("insert into public.tweets (content) values (:content)").param("content", SECRET).update());
        attacker.run(() -> door.sql("insert into public.tweets (content) values (:content)").param("content", MARK).update());
    }

    static Stream<String> attacks() {
        String claims = "{\"sub\":\"VICTIM\",\"role\":\"authenticated\"}";
        String all = "select content from public.tweets";
        return Stream.of(
                // the predicate is gone
                "x' or true --",
                "x' union all select content from public.tweets --",
                "x' union all select encrypted_key::text from public.user_api_keys --",
                // other claims, inside the statement and before it, for the transaction and for the session
                "x' union all select content from public.tweets where set_config('request.jwt.claims', '" + claims + "', true) is not null --",
                "x' union all select set_config('request.jwt.claims', '" + claims + "', true) union all select content from public.tweets --",
                "x'; select set_config('request.jwt.claims', '" + claims + "', true); " + all + " --",
                "x'; select set_config('request.jwt.claims', '" + claims + "', false); " + all + " --",
                "x'; set request.jwt.claims = '" + claims + "'; " + all + " --",
                "x'; set local request.jwt.claims = '" + claims + "'; set local coral.claims_signature = ''; " + all + " --",
                "x'; select set_config('request.jwt.claims', replace(current_setting('request.jwt.claims'), 'ATTACKER', 'VICTIM'), true); " + all + " --",
                "x'; set request.jwt.claim.sub = 'VICTIM'; " + all + " --",
                "x' union all select outer_pad::text from tenancy.claims_key --",
                "x'; create or replace function auth.uid() returns uuid language sql as 'select ''VICTIM''::uuid'; " + all + " --",
                "x'; create function public.uid() returns uuid language sql as 'select ''VICTIM''::uuid'; " + all + " --",
                "x'; set search_path = pg_temp, public; create temp table tweets (content text); " + all + " --",
                // another role
                "x'; reset role; " + all + " --",
                "x'; set role none; " + all + " --",
                "x'; set role authenticated; " + all + " --",
                "x'; set role postgres; " + all + " --",
                "x'; set role service_role; " + all + " --",
                "x'; set role coral_auth; select email from auth.users --",
                "x'; set session authorization postgres; " + all + " --",
                "x'; set session authorization default; " + all + " --",
                "x'; set row_security = off; " + all + " --",
                "x'; alter table public.tweets disable row level security; " + all + " --",
                "x'; alter role coral_tenant bypassrls; " + all + " --",
                "x'; grant coral_auth to coral_tenant; select email from auth.users --",
                "x'; create policy open on public.tweets using (true); " + all + " --",
                // around the tables
                "x' union all select email from auth.users --",
                "x' union all select task_instance from jobs.scheduled_tasks --",
                "x'; copy (select * from public.tweets) to program 'cat' --",
                "x'; copy public.tweets from program 'id' --",
                "x'; copy public.tweets to '/tmp/tweets' --",
                "x' union all select pg_read_file('/etc/passwd') --",
                "x' union all select pg_ls_dir('/')::text --",
                "x' union all select lo_import('/etc/passwd')::text --",
                "x' union all select usename || query from pg_stat_activity where query like '%VICTIM%' --",
                "x' union all select most_common_vals::text from pg_stats where tablename = 'tweets' --",
                "x' union all select stavalues1::text from pg_statistic --",
                "x' union all select table_to_xml('public.tweets', true, true, '')::text --",
                "x'; create view public.peek as select * from public.tweets; select content from public.peek --",
                "x'; create materialized view public.peek as select * from public.tweets --",
                "x'; create function public.peek() returns setof public.tweets language sql security definer as 'select * from public.tweets' --",
                "x'; do $$ begin perform set_config('request.jwt.claims', '" + claims + "', true); end $$; " + all + " --",
                "x'; prepare peek as " + all + "; execute peek --",
                "x'; declare peek cursor with hold for " + all + "; fetch all from peek --",
                // functions that cross a line on purpose
                "x' union all select auth.provision_person('VICTIM', 'a', 'b')::text --",
                "x' union all select usage.settle('VICTIM', null, '{}')::text --",
                // writing
                "x'; update public.tweets set content = 'changed' --",
                "x'; delete from public.tweets --",
                "x'; truncate public.tweets --",
                "x'; update public.tweets set user_id = 'ATTACKER' --",
                "x'; insert into public.tweets (user_id, content) values ('VICTIM', 'forged') --",
                "x'; insert into public.tweets (user_id, id, content) select 'VICTIM', id, 'forged' from public.tweets "
                        + "on conflict (user_id, id) do update set content = 'changed' --",
                "x'; select set_config('request.jwt.claims', '" + claims + "', true); delete from public.tweets --",
                "x'; merge into public.tweets t using (select 'VICTIM'::uuid as u) s on t.user_id = s.u "
                        + "when matched then delete --",
                "x'; drop table public.tweets --",
                "x'; alter table public.tweets owner to coral_tenant --");
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void whateverIsPastedIntoAStatementItReachesOnlyItsOwnTenant(String attack) throws Exception {
        String pasted = attack.replace("VICTIM", victim.id().toString()).replace("ATTACKER", attacker.id().toString());
        String before = everythingOfTheVictim();

        assertThat(attacker.call(() -> search(pasted))).noneMatch(text -> text.contains(SECRET) || text.contains("root:") || text.contains("@example.org"));
        assertThat(attacker.call(() -> searchInATransaction(pasted))).noneMatch(text -> text.contains(SECRET));

        assertThat(everythingOfTheVictim()).isEqualTo(before);
        // Whatever the statement left behind in its connection, the next tenants on it are who they are.
        for (int i = 0; i < 4; i++) {
            assertThat(victim.call(this::drafts)).containsExactly(SECRET);
            assertThat(attacker.call(this::drafts)).isSubsetOf(MARK, "changed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "set row_security = off", "set role none", "set statement_timeout = 1", "set default_transaction_read_only = on",
        "set search_path = nowhere", "set plan_cache_mode = force_custom_plan", "set standard_conforming_strings = off",
        "set time zone 'Asia/Tokyo'", "set intervalstyle = iso_8601"
    })
    void aConnectionThatWasSpoiledFailsOnceAtMost(String spoil) throws Exception {
        List<String> meaning = victim.call(this::meaning);
        attacker.call(() -> search("x'; " + spoil + " --"));

        List<String> faults = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            try {
                victim.run(() -> door.sql(TAKES_MILLISECONDS).update());
            } catch (DataAccessException fault) {
                faults.add(String.valueOf(fault.getMessage()));
            }
        }
        assertThat(faults).hasSizeLessThanOrEqualTo(1);
        assertThat(victim.call(this::meaning)).as("what a statement means is what it meant before").isEqualTo(meaning);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "select pg_terminate_backend(pid) from pg_stat_activity", "select pg_advisory_lock(1)", "select pg_notify('a', 'b')",
        "select lo_create(0)", "select lo_from_bytea(0, 'x')", "select pg_sleep(1)", "select query from pg_stat_activity", "select * from pg_locks",
        "create temporary table t (a int)"
    })
    void whatReachesOtherSessionsIsClosedInTheEmbeddedServer(String statement) throws Exception {
        assumeTrue(server.embedded());

        assertThat(attacker.call(() -> search("x'; " + statement + " --"))).singleElement().asString()
                .contains("permission denied");
    }

    /** Every text of every result that the pasted statements gave; a refusal gives its reason. */
    private List<String> search(String pasted) {
        ParsedStatement statement = new ParsedStatement("select content from public.tweets where content like '" + pasted + "'", new Object[0], null);
        try {
            return door.execute(statement, executed -> {
                List<String> texts = new ArrayList<>();
                do {
                    ResultSet rows = executed.getResultSet();
                    while (rows != null && rows.next()) {
                        texts.add(String.valueOf(rows.getString(1)));
                    }
                } while (executed.getMoreResults() || executed.getUpdateCount() != -1);
                return texts;
            });
        } catch (DataAccessException refused) {
            return List.of(String.valueOf(refused.getMostSpecificCause().getMessage()));
        }
    }

    private List<String> searchInATransaction(String pasted) {
        try {
            return door.transaction(() -> search(pasted));
        } catch (DataAccessException refused) {
            return List.of(String.valueOf(refused.getMostSpecificCause().getMessage()));
        }
    }

    private List<String> drafts() {
        return door.sql("select content from public.tweets").list(row -> row.getString(1));
    }

    /** Reports what it reads by literals, times and intervals. */
    private List<String> meaning() {
        return door.sql("select '\\x00', to_char(timestamptz '2026-01-01 12:00+00', 'HH24') || interval '1 day'").list(row -> row.getString(1) + row.getString(2));
    }

    private String everythingOfTheVictim() throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + victim.id() + "\"}', false)");
            for (String table : List.of("tweets", "personas", "user_profiles", "agent_logs", "api_usage_logs")) {
                try (ResultSet found = statement.executeQuery("select t::text from public." + table + " t where user_id = '" + victim.id() + "' order by 1")) {
                    while (found.next()) {
                        rows.add(found.getString(1));
                    }
                }
            }
        }
        assertThat(rows).hasSizeGreaterThan(3);
        return String.join("\n", rows);
    }
}

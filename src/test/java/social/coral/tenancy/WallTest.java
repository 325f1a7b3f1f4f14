package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.installation.TestMasterKey;
import social.coral.installation.TestServer;

/** The wall is looked at before anything is served, on an operator's server; and what is advised is done as it is written. */
@Tag("database")
class WallTest {

    private static final MasterKey KEY = TestMasterKey.of("key-1", null);
    private static final String AS_ADMINISTRATOR = ". Run as an administrator of the database: ";

    private static TestServer server;
    private static DatabaseServer shop;

    @BeforeAll
    static void anOperatorsServer() {
        server = TestServer.start();
        shop = TestServer.at(server.databaseUrl("shop"));
        start(shop);
    }

    /** What a migration, or somebody by hand, may break, as {@link IsolationCheckupTest} has it; and roles that came to too much. */
    static Stream<Arguments> breaches() throws NoSuchMethodException {
        String table = IsolationCheckupTest.class.getDeclaredMethod("aMigrationThatForgetsOneThingIsNamed", String.class, String.class, String.class)
                .getAnnotation(CsvSource.class).textBlock();
        List<String> titles = Stream.of(IsolationClaim.values()).map(Claim::title).toList();
        return Stream.concat(table.lines().filter(line -> titles.stream().anyMatch(title -> line.contains("| " + title + " "))), Stream.of(
                        "grant postgres to coral_tenant | roles | coral_tenant is a member of postgres",
                        "grant pg_read_all_data to coral_meter | roles | coral_meter is a member of pg_read_all_data",
                        "alter table public.tweets owner to coral_auth | roles | table tweets belongs to coral_auth",
                        "alter function auth.uid() owner to coral_jobs | roles | function auth.uid() belongs to coral_jobs",
                        "create role guest login bypassrls; grant authenticated to guest | roles | guest belongs to the product's roles",
                        "alter role coral_auth createrole | roles | coral_auth may too much"))
                .filter(line -> !line.isBlank())
                .map(line -> Arguments.of((Object[]) Stream.of(line.split(" \\| ", 3)).map(String::strip).toArray()));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void aStartRefusesAWallThatIsOpenAndGoesOnAfterWhatItAdvises(String breach, String title, String object) throws SQLException {
        server.administrator("shop", breach);
        Claim claim = IsolationCheckup.claims().stream().filter(one -> one.title().equals(title)).findFirst().orElseThrow();

        if (claim.refusesStart()) {
            StartFault fault = catchThrowableOfType(StartFault.class, WallTest::look);
            assertThat(fault).isNotNull().hasMessageContaining("The wall between tenants is open. ./coral doctor --isolation --mend ")
                    .hasMessageContaining("At \"" + title + "\": It is not true that ");
        }
        String said = advice();
        for (int advised = 0; advised < 8 && !said.isEmpty(); advised++) {
            server.administrator("shop", said);
            said = advice();
        }

        assertThat(said).as("what is still advised").isEmpty();
        look();
        server.administrator("shop", "drop schema if exists apart cascade; drop table if exists public.forgotten; drop view if exists public.peek;"
                + " drop function if exists public.f(); alter table public.tweets drop column if exists draft, drop column if exists edit_token,"
                + " drop column if exists author");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        // From PostgreSQL 16 on the owner is a member of what it made, and cannot be granted to it.
        "do $$ begin grant shop to coral_tenant; exception when invalid_grant_operation then grant postgres to coral_tenant; end $$",
        "grant postgres to authenticated",
        "create role deputy; grant all on all functions in schema jobs, usage to deputy; grant all on all tables in schema auth, jobs to deputy;"
                + " grant usage on schema usage, auth, jobs to deputy; create role helper; grant deputy to helper; grant helper to coral_tenant with admin option"
    })
    void whatARoleInheritsIsMendedWhereItComesFromAndNowhereElse(String membership) {
        server.administrator("shop", membership);

        StartFault fault = catchThrowableOfType(StartFault.class, () -> start(shop));
        assertThat(fault).hasMessageContaining(" At \"roles\": It is not true that ").satisfies(one -> assertThat(openClaims(one)).isOne());
        server.administrator("shop", after(AS_ADMINISTRATOR, fault));

        start(shop);
    }

    @Test
    void everyClaimThatIsOpenIsNamedAndTheOwnerClosesWhatItMayAndLeavesTheRestToAnAdministrator() {
        server.administrator("shop", "alter table public.tweets no force row level security; grant update on public.tweets to coral_tenant;"
                + " create function public.f() returns int language sql as 'select 1'; alter function public.f() owner to shop; grant postgres to coral_tenant");
        assertThat(catchThrowableOfType(StartFault.class, () -> start(shop))).hasMessageContaining(" At \"roles\": ")
                .hasMessageContaining(" At \"row security\": ").hasMessageContaining(" At \"guarded columns\": ").hasMessageContaining(" At \"callable\": ");

        List<String> said = new ArrayList<>();
        IsolationRepair.run(shop, said::add);

        assertThat(said).anyMatch(line -> line.matches("mended +row security +alter table public.tweets enable .*"))
                .anyMatch(line -> line.matches("mended +callable +revoke execute on function f\\(\\) .*"))
                .anyMatch(line -> line.matches("no help +roles +revoke postgres from coral_tenant.* \\(.+\\)"));
        StartFault left = catchThrowableOfType(StartFault.class, () -> start(shop));
        assertThat(left).hasMessageContaining(" At \"roles\": ").satisfies(one -> assertThat(openClaims(one)).isOne());
        server.administrator("shop", after(AS_ADMINISTRATOR, left) + "; drop function public.f()");
        start(shop);
    }

    @Test
    void whatIsLookedAtBeforeServingTakesNoTime() throws SQLException {
        try (Connection owner = shop.connectAsOwner()) {
            IsolationCheckup.refuseBroken(owner);
            long began = System.nanoTime();
            IsolationCheckup.refuseBroken(owner);
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            System.out.println("The claims before serving took " + took.toMillis() + " ms");
            assertThat(took).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void theAdviceOnTheServersFunctionsIsCompleteAndTheNextStartIsAsEver() throws SQLException {
        TestServer another = TestServer.start();
        DatabaseServer plain = TestServer.at(another.databaseUrl("plain"));
        start(plain);
        Finding open = finding(plain, "server functions");
        assertThat(open.level()).isEqualTo(Level.WARNING);

        another.administrator("plain", after("Run as one: ", open.sentence()));

        assertThat(finding(plain, "server functions").level()).isEqualTo(Level.OK);
        start(plain);
        assertThatCode(() -> Turn.toStart(plain).close()).doesNotThrowAnyException();
        // Somebody who closed them and gave the owner nothing, as an earlier advice had it.
        another.administrator("plain", "revoke execute on function pg_try_advisory_xact_lock(bigint), pg_advisory_lock(bigint), pg_try_advisory_lock(bigint) from plain");
        start(plain);

        TestServer closed = TestServer.start();
        DatabaseServer fresh = TestServer.at(closed.databaseUrl("fresh"));
        closed.administrator("fresh", "revoke execute on function pg_try_advisory_xact_lock(bigint) from public");
        StartFault locked = catchThrowableOfType(StartFault.class, () -> start(fresh));
        assertThat(locked).hasMessageContaining("grant execute on function pg_try_advisory_xact_lock(bigint) to fresh");
        closed.administrator("fresh", after(" in fresh: ", locked));
        start(fresh);
    }

    @Test
    void whatAnAdministratorIsToldIsEnough() throws SQLException {
        TestServer another = TestServer.start();
        another.administrator("create role coral login createrole password 'owner';");
        DatabaseServer coral = TestServer.at(another.url("coral", "owner", "coral"));
        doesAsTold(another, () -> coral.connectAsOwner().close());
        another.administrator("alter role coral nocreaterole");
        doesAsTold(another, () -> start(coral));
        another.administrator("alter role coral_tenant bypassrls");
        doesAsTold(another, () -> start(coral));
        another.administrator("alter database coral rename to coral_before;");
        another.administrator("create database coral owner coral;");
        start(coral);
        another.administrator("drop database coral with (force)");
        another.administrator("create database coral");
        doesAsTold(another, () -> start(coral));
    }

    private interface Step {
        void run() throws SQLException;
    }

    private static void doesAsTold(TestServer at, Step step) throws SQLException {
        StartFault fault = catchThrowableOfType(StartFault.class, step::run);
        assertThat(fault).hasMessageContaining("as an administrator: ");
        at.administrator(after("as an administrator: ", fault));
        step.run();
    }

    private static String after(String beginning, StartFault fault) {
        return after(beginning, String.valueOf(fault.getMessage()));
    }

    /** The command at the end of a sentence. */
    private static String after(String beginning, String sentence) {
        return sentence.substring(sentence.indexOf(beginning) + beginning.length()).replaceFirst("\\.$", "");
    }

    private static long openClaims(Throwable fault) {
        return Pattern.compile("At \"[a-z ]+\": ").matcher(String.valueOf(fault.getMessage())).results().count();
    }

    @Test
    void afterAStartWithASuperusersLoginTheOwnerStartsAsBefore() throws SQLException {
        for (boolean superuserFirst : new boolean[] {false, true}) {
            TestServer another = TestServer.start();
            DatabaseServer plain = TestServer.at(another.databaseUrl("plain"));
            DatabaseServer superuser = TestServer.at(another.superusersUrl("plain"));
            if (!superuserFirst) {
                start(plain);
            }
            start(superuser);
            start(plain);
            assertThat(finding(plain, "server functions").level()).isEqualTo(Level.OK);
            start(superuser);
            start(plain);
            try (Connection owner = plain.connectAsOwner();
                    Statement statement = owner.createStatement()) {
                assertThat(statement.executeQuery("select from pg_class where relnamespace in ('public'::regnamespace, 'audit'::regnamespace, 'tenancy'::regnamespace)"
                        + " and relowner <> 'plain'::regrole").next()).as("everything is the owner's").isFalse();
            }
        }
    }

    @Test
    void whereTheClaimsBelongToAPlatformAStartSaysSoAndGoesOn() {
        TestServer another = TestServer.start();
        DatabaseServer project = TestServer.at(another.databaseUrl("project"));
        another.administrator("project", """
                create role supabase_auth_admin;
                create schema auth authorization supabase_auth_admin;
                grant usage, create on schema auth to project;
                create function auth.uid() returns uuid language sql stable as $$
                  select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
                    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$;
                alter function auth.uid() owner to supabase_auth_admin;
                """);

        start(project);

        assertThat(finding(project, "claims").level()).isEqualTo(Level.WARNING);
    }

    /** What a start does before it serves. */
    private static void look() throws SQLException {
        try (Connection owner = shop.connectAsOwner()) {
            IsolationCheckup.refuseBroken(owner);
        }
    }

    /** The first statement that the doctor gives for what is broken. */
    private static String advice() throws SQLException {
        try (Connection owner = shop.connectAsOwner()) {
            return IsolationCheckup.of(owner).stream().map(Finding::sentence).filter(sentence -> sentence.contains(AS_ADMINISTRATOR)).findFirst()
                    .map(sentence -> after(AS_ADMINISTRATOR, sentence)).orElse("");
        }
    }

    private static Finding finding(DatabaseServer at, String subject) {
        return IsolationCheckup.quick(at).stream().filter(finding -> finding.subject().equals(subject)).findFirst().orElseThrow();
    }

    private static void start(DatabaseServer at) {
        Migrations.run(at, role -> "of the login roles", KEY, 0);
    }
}

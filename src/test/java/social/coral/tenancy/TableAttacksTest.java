package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.CatalogueRows;
import social.coral.CoralTest;
import social.coral.Tally;
import social.coral.Tenants;
import social.coral.installation.DatabaseServer;
import social.coral.tenancy.TableAttack.How;
import social.coral.tenancy.TableAttack.Table;

/**
 * Attacks every table that the catalogue names with every verb that SQL has, past the door, as somebody who may shape the whole
 * statement and its claims. A new table is attacked by itself; one that no row can be made up for fails here by name.
 */
@CoralTest
class TableAttacksTest {

    private static final int FEWEST_BY_TABLE = 800;
    private static final int WITH_CLAIMS_THAT_HOLD = 3;

    /** Claims and the signature that is sent with them. */
    private record Claims(String text, String signature) {}

    @Autowired
    DatabaseServer server;

    @Autowired
    Databases databases;

    @Autowired
    TenantDoor door;

    private final Tally tally = new Tally("tables");
    private Connection owner;
    private CatalogueRows rows;
    private Tenant victim;
    private Tenant attacker;
    private Set<String> marks;
    private List<Table> tables;

    @BeforeEach
    void twoTenantsWithARowInEveryTable() throws SQLException {
        owner = server.connectAsOwner();
        rows = new CatalogueRows(owner);
        victim = aTenantWithARowInEveryTable();
        attacker = aTenantWithARowInEveryTable();
        marks = rows.marks(victim);
        tables = described();
    }

    private Tenant aTenantWithARowInEveryTable() throws SQLException {
        Tenant tenant = Tenants.aTenant(databases);
        // Chained to the one before, which no row made up here would be.
        tenant.run(() -> door.transaction(() -> door.audit("row.made", "one")));
        rows.fill(tenant);
        return tenant;
    }

    @AfterEach
    void close() throws SQLException {
        owner.close();
    }

    @Test
    void noStatementOnAnyTableReachesAnothersRowsWhateverItSaysOfItself() throws Exception {
        Map<String, Claims> callers = callers();
        String before = rows.print(victim);
        int turn = 0;
        int number = 0;
        for (Map.Entry<String, Claims> caller : callers.entrySet()) {
            // Those whose claims hold make every attack on every table; the others every third, on each table another.
            int step = number++ < WITH_CLAIMS_THAT_HOLD ? 1 : 3;
            try (Connection connection = login()) {
                connection.setAutoCommit(false);
                for (Table table : tables) {
                    List<TableAttack> attacks = TableAttack.on(table);
                    for (int i = turn++ % step; i < attacks.size(); i += step) {
                        String sql = attacks.get(i).against(victim.id(), attacker.id());
                        attack(connection, caller.getKey(), sql, attacks.get(i).how(), caller.getValue());
                        tally.add(table.name());
                    }
                }
                connection.setAutoCommit(true);
            }
            assertThat(rows.print(victim)).as("what the victim has, after the attacks of %s", caller.getKey()).isEqualTo(before);
        }
        asAnonymous(before);

        tally.write();
        assertThat(tables).hasSizeGreaterThanOrEqualTo(13).allSatisfy(table -> assertThat(tally.of(table.name())).as(table.name()).isGreaterThan(FEWEST_BY_TABLE));
    }

    @Test
    void throughTheDoorAStatementThatForgetsItsPredicateSeesOnlyItsOwnTenant() throws Exception {
        for (Table table : tables) {
            List<String> seen = attacker.call(() -> door.sql("select distinct user_id::text from public." + table.name()).list(row -> row.getString(1)));
            assertThat(seen).as(table.name()).containsExactly(attacker.id().toString());
        }
    }

    @Test
    void theseAttacksSeeARowThatCanBeSeen() throws Exception {
        Claims theirOwn = signed(claims(victim.id()));
        try (Connection connection = login()) {
            connection.setAutoCommit(false);
            for (Table table : tables) {
                for (String sql : List.of("select * from public." + table.name(), "select to_jsonb(t) from public." + table.name() + " t")) {
                    assertThatThrownBy(() -> attack(connection, "the victim", sql, How.ROLLED_BACK, theirOwn)).isInstanceOf(AssertionError.class);
                }
            }
            connection.setAutoCommit(true);
        }
    }

    @Test
    void aKeyThatAnotherHasIsRefusedInTheWordsForOneThatNobodyHas() throws Exception {
        Claims signed = signed(claims(attacker.id()));
        try (Connection connection = login()) {
            connection.setAutoCommit(false);
            for (Table table : tables) {
                String there = "insert into public.%1$s (%3$s) select %3$s from jsonb_populate_record(null::public.%1$s, '%2$s')"
                        .formatted(table.name(), table.victimsRow().replace("'", "''"), String.join(", ", table.columns()));
                UUID nobody = UUID.randomUUID();
                String nowhere = there.replace(victim.id().toString(), nobody.toString());
                for (String mark : marks) {
                    nowhere = nowhere.replace(mark, UUID.randomUUID().toString());
                }
                assertThat(refusal(connection, signed, there)).as(table.name()).isEqualTo(refusal(connection, signed, nowhere)).isNotEmpty();
            }
            connection.setAutoCommit(true);
        }
    }

    @Test
    void aTableThatNoRowCanBeMadeUpForIsNamed() throws Exception {
        try (Connection other = server.connectAsOwner();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("create table public.riddles (user_id uuid not null, answer text not null check (answer = md5(answer)), primary key (user_id))");
            assertThatThrownBy(() -> new CatalogueRows(other).fill(attacker)).isInstanceOf(AssertionError.class).hasMessageContaining("public.riddles");
        }
    }

    /** Logged in as requests are, without the pool, which would end a connection at each refusal. */
    private Connection login() throws SQLException {
        return databases.pool(LoginRole.TENANT).unwrap(HikariDataSource.class).getDataSource().getConnection();
    }

    /** Somebody who is not signed in, where a server lets such people in at all: no door, the role that Supabase gives to strangers. */
    private void asAnonymous(String before) throws Exception {
        try (Connection connection = server.connectAsOwner();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String role : List.of("anon", "authenticated")) {
                for (String claims : List.of("", role.equals("anon") ? claims(victim.id()) : claims(attacker.id()))) {
                    for (Table table : tables) {
                        for (TableAttack attack : TableAttack.on(table)) {
                            statement.execute("grant " + role + " to current_user");
                            statement.execute("set local role " + role);
                            attack(connection, role, attack.against(victim.id(), attacker.id()), attack.how() == How.RUN ? How.ROLLED_BACK : attack.how(),
                                    new Claims(claims, ""));
                            connection.rollback();
                            tally.add(table.name());
                        }
                    }
                }
            }
        }
        assertThat(rows.print(victim)).isEqualTo(before);
    }

    /** Runs one attack. It may be refused; it may not show or touch anything of the victim. */
    private void attack(Connection connection, String caller, String sql, How how, Claims claims) throws SQLException {
        try {
            say(connection, claims);
            switch (how) {
                case RUN, ROLLED_BACK -> run(connection, caller, sql);
                case COPY_OUT -> {
                    StringWriter out = new StringWriter();
                    new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql, out);
                    assertThat(marks).as("%s: %s", caller, sql).noneMatch(out.toString()::contains);
                }
                case COPY_IN -> new CopyManager(connection.unwrap(BaseConnection.class)).copyIn(sql, new StringReader(victim.id() + "\n"));
            }
            if (how == How.RUN) {
                connection.commit();
            }
        } catch (SQLException refused) {
            assertThat(String.valueOf(refused.getSQLState())).as("%s: %s: %s", caller, sql, refused.getMessage()).doesNotStartWith("08").doesNotStartWith("XX");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            connection.rollback();
        }
    }

    private static void say(Connection connection, Claims claims) throws SQLException {
        try (PreparedStatement say = connection.prepareStatement(
                "select set_config('request.jwt.claims', ?, true), set_config('coral.claims_signature', ?, true)")) {
            say.setString(1, claims.text());
            say.setString(2, claims.signature());
            say.execute();
        }
    }

    private void run(Connection connection, String caller, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean isRows = statement.execute(sql);
            while (isRows || statement.getUpdateCount() != -1) {
                if (isRows) {
                    see(statement.getResultSet(), caller, sql);
                } else if (sql.contains(victim.id().toString())) {
                    assertThat(statement.getUpdateCount()).as("rows touched by %s: %s", caller, sql).isZero();
                }
                isRows = statement.getMoreResults();
            }
        }
    }

    private void see(ResultSet found, String caller, String sql) throws SQLException {
        int columns = found.getMetaData().getColumnCount();
        while (found.next()) {
            if (sql.startsWith("explain")) {
                continue;
            }
            for (int column = 1; column <= columns; column++) {
                String seen = String.valueOf(found.getString(column));
                assertThat(marks).as("seen by %s: %s", caller, sql).noneMatch(seen::contains);
            }
        }
    }

    private String refusal(Connection connection, Claims claims, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            say(connection, claims);
            statement.execute(sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        } finally {
            connection.rollback();
        }
    }

    /** Whoever the application's login can claim to be, with every signature that an attacker can have. */
    private Map<String, Claims> callers() {
        String mine = claims(attacker.id());
        String theirs = claims(victim.id());
        String mySignature = databases.claimsKey().sign(mine);
        Map<String, Claims> callers = new LinkedHashMap<>();
        callers.put("another tenant", signed(mine));
        callers.put("a deleted person", signed(claims(aDeletedPerson())));
        callers.put("somebody who never was", signed(claims(UUID.randomUUID())));
        callers.put("nobody, with no claims", new Claims("", ""));
        callers.put("nobody, with a signature", new Claims("", mySignature));
        List<String> forged = new ArrayList<>(List.of(
                theirs, theirs.toUpperCase(java.util.Locale.ROOT), "{\"sub\":\"" + victim.id().toString().toUpperCase(java.util.Locale.ROOT) + "\"}",
                "not json", "[]", "{}", "null", "\"" + victim.id() + "\"", "[\"" + victim.id() + "\"]", "{\"sub\":null}", "{\"sub\":\"\"}",
                "{\"sub\":\"me\"}", "{\"sub\":[\"" + victim.id() + "\"]}", "{\"sub\":{\"sub\":\"" + victim.id() + "\"}}", "{\"sub\":1}",
                "{\"sub\":\"" + attacker.id() + "\",\"sub\":\"" + victim.id() + "\"}", mine + theirs, theirs + " ", mine.replace("\"role\"", "\"sub\":\"" + victim.id() + "\",\"role\""),
                "{\"sub\":\"" + victim.id() + "\",\"role\":\"service_role\"}", theirs.replace("}", ",\"pad\":\"" + "x".repeat(200_000) + "\"}")));
        for (String claims : forged) {
            String name = claims.length() > 120 ? "claims of " + claims.length() + " characters" : claims;
            callers.put(name + ", with the attacker's signature", new Claims(claims, mySignature));
        }
        for (String signature : List.of("", "00", "not hex", mySignature.substring(2), mySignature + "00", "null", "x".repeat(64))) {
            callers.put("the victim's claims, signed '" + signature + "'", new Claims(theirs, signature));
        }
        // Signed for once, which the door never does: what is no id is nobody's.
        for (String claims : List.of("{}", "{\"sub\":null}", "{\"sub\":\"\"}", "[]", "not json", "{\"sub\":\"me\"}")) {
            callers.put(claims + ", signed by the door", signed(claims));
        }
        return callers;
    }

    private Claims signed(String claims) {
        return new Claims(claims, databases.claimsKey().sign(claims));
    }

    private static String claims(UUID tenant) {
        return "{\"sub\":\"" + tenant + "\",\"role\":\"authenticated\"}";
    }

    private UUID aDeletedPerson() {
        Tenant gone = Tenants.aTenant(databases);
        JdbcClient.create(databases.auth()).sql("delete from auth.users where id = ?").param(gone.id()).update();
        return gone.id();
    }

    private List<Table> described() throws SQLException {
        List<Table> all = new ArrayList<>();
        for (String name : rows.tables()) {
            List<String> columns = rows.texts("select quote_ident(attname) from pg_attribute where attrelid = 'public." + name
                    + "'::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum");
            List<String> key = rows.texts("select quote_ident(a.attname) from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey)"
                    + " where k.contype = 'p' and k.conrelid = 'public." + name + "'::regclass order by array_position(k.conkey, a.attnum)");
            List<String> has = rows.rows(name, victim);
            assertThat(has).as("what the victim has in %s", name).isNotEmpty();
            all.add(new Table(name, columns, key, has.getFirst()));
        }
        return all;
    }
}

package social.coral.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * An erasure that the replaced database knows of. An older backup must not bring that person back.
 *
 * @param removed the removed rows by table, as the erasure recorded them
 */
record Erasure(byte[] personHash, OffsetDateTime beganAt, String removed) {

    static List<Erasure> all(Connection owner) throws SQLException {
        List<Erasure> erasures = new ArrayList<>();
        try (Statement statement = owner.createStatement()) {
            try (ResultSet row = statement.executeQuery("select to_regclass('tenancy.erasures') is not null")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return erasures;
                }
            }
            try (ResultSet rows = statement.executeQuery("select person_hash, began_at, removed::text from tenancy.erasures")) {
                while (rows.next()) {
                    erasures.add(new Erasure(rows.getBytes(1), rows.getObject(2, OffsetDateTime.class), rows.getString(3)));
                }
            }
        }
        return erasures;
    }

    /** Records the erasures and erases the people they name, within the connection's transaction; returns how many people that were. */
    static int carryOver(Connection owner, List<Erasure> erasures) throws SQLException {
        int people = 0;
        try (PreparedStatement enter = owner.prepareStatement("""
                        insert into tenancy.erasures (person_hash, began_at, removed, finished_at, result) values (?, ?, ?::jsonb, now(), 'erased')
                        on conflict (person_hash) do update set finished_at = coalesce(erasures.finished_at, excluded.finished_at), result = 'erased'
                        """);
                PreparedStatement find = owner.prepareStatement("select id from auth.users where tenancy.person_hash(id::text) = ?")) {
            for (Erasure erasure : erasures) {
                enter.setBytes(1, erasure.personHash());
                enter.setObject(2, erasure.beganAt());
                enter.setString(3, erasure.removed());
                enter.execute();
                find.setBytes(1, erasure.personHash());
                try (ResultSet row = find.executeQuery()) {
                    if (row.next()) {
                        erase(owner, row.getObject(1, UUID.class));
                        people++;
                    }
                }
            }
        }
        return people;
    }

    private static void erase(Connection owner, UUID person) throws SQLException {
        try (PreparedStatement claims = owner.prepareStatement("select set_config('request.jwt.claims', ?, true)")) {
            claims.setString(1, "{\"sub\": \"" + person + "\", \"role\": \"authenticated\"}");
            claims.execute();
        }
        try (Statement statement = owner.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("select tables_of_people::text from tenancy.tables_of_people()")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute("delete from " + table + " where user_id = '" + person + "'");
            }
            statement.execute("delete from jobs.scheduled_tasks where task_instance = '" + person + "' or task_instance like '" + person + "/%'");
            statement.execute("delete from auth.users where id = '" + person + "'");
        }
    }
}

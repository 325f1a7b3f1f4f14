package social.coral.backup;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import social.coral.installation.DatabaseServer;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.Schema;

/**
 * Reads everything in one snapshot while others go on writing, with a bounded part in memory. The policies apply to the owner too, so
 * tenants' tables are read one tenant after another.
 */
public final class Backup {

    private final DatabaseServer server;
    private final MasterKey masterKey;
    private final Clock clock;
    private final Consumer<String> tell;

    public Backup(DatabaseServer server, MasterKey masterKey, Clock clock, Consumer<String> tell) {
        this.server = server;
        this.masterKey = masterKey;
        this.clock = clock;
        this.tell = tell;
    }

    /** Writes the file, or leaves everything unchanged and says why. */
    public void to(Path file, String product, boolean overwrite) {
        refuseUnusable(file, overwrite);
        try (OwnerDoor door = OwnerDoor.open(server)) {
            door.takeTurn();
            door.follow(masterKey);
            try (BackupWriter writer = new BackupWriter(file)) {
                write(door.own().getConnection(), writer, product);
                writer.finish(masterKey);
            }
            tell.accept("The backup is in " + file + " (" + Files.size(file) / 1024 + " kB). It does not hold the master key (" + masterKey.currentId()
                    + "), without which it cannot be restored. Keep a copy of " + masterKey.location() + " elsewhere");
        } catch (IOException e) {
            throw new StartFault("The file " + file + " could not be written (" + reason(e) + "), and nothing of it is left. Make room, or choose another place.", e);
        } catch (SQLException e) {
            throw new StartFault("The database could not be read (" + e.getMessage() + "). Run ./coral doctor for details.", e);
        }
    }

    private static void refuseUnusable(Path file, boolean overwrite) {
        Path folder = file.toAbsolutePath().getParent();
        if (Files.isDirectory(file) || folder == null) {
            throw new StartFault(file + " is a folder. Name a file in it.");
        }
        if (Files.exists(file) && !overwrite) {
            throw new StartFault("The file " + file + " already exists. Choose another name, or use --overwrite.");
        }
        if (!Files.isDirectory(folder)) {
            throw new StartFault("There is no folder " + folder + ". Create it, or name another one.");
        }
    }

    private static String reason(IOException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private void write(Connection owner, BackupWriter writer, String product) throws SQLException, IOException {
        owner.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        owner.setReadOnly(true);
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local time zone 'UTC';"
                    + " set local bytea_output = hex; set local intervalstyle = postgres; set local row_security = on");
            List<SavedTable> tables = SavedTable.all(owner);
            List<UUID> tenants = tenants(statement, tables);
            Manifest manifest = new Manifest(Manifest.FORMAT, Manifest.VERSION, product, Schema.migrations(server), version(statement),
                    masterKey.currentId(), clock.instant(), Schema.auditMonths(statement), tables);
            writer.entry(BackupFile.MANIFEST, out -> out.write(manifest.json()));
            long all = 0;
            for (SavedTable table : tables) {
                all += save(table, owner, tenants, writer);
            }
            tell.accept(all + " rows of " + tenants.size() + " tenants in " + tables.size() + " tables, as they were at " + manifest.takenAt().truncatedTo(ChronoUnit.SECONDS));
        } finally {
            owner.rollback();
        }
    }

    /** Returns everybody who may have rows: all people, and those named by tables that the owner sees as a whole. */
    private static List<UUID> tenants(Statement statement, List<SavedTable> tables) throws SQLException {
        String query = "select id from auth.users" + tables.stream().filter(table -> table.ofTenants() && !table.bound())
                .map(table -> " union select user_id from " + table.sql()).collect(Collectors.joining()) + " order by 1";
        List<UUID> tenants = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                tenants.add(rows.getObject(1, UUID.class));
            }
        }
        return tenants;
    }

    private static String version(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("select current_setting('server_version')")) {
            row.next();
            return row.getString(1);
        }
    }

    private static long save(SavedTable table, Connection owner, List<UUID> tenants, BackupWriter writer) throws SQLException, IOException {
        Counts counts = new Counts();
        writer.entry(table.rows(), out -> copy(table, owner, tenants, out, counts));
        writer.entry(table.counts(), counts::writeTo);
        return counts.all;
    }

    private static void copy(SavedTable table, Connection owner, List<UUID> tenants, OutputStream out, Counts counts) throws SQLException, IOException {
        CopyManager copies = owner.unwrap(PGConnection.class).getCopyAPI();
        String select = "copy (select " + table.columnList() + " from " + table.sql();
        if (!table.bound()) {
            counts.of(table, owner);
            copies.copyOut(select + ") to stdout", out);
            return;
        }
        try (PreparedStatement claims = owner.prepareStatement("select set_config('request.jwt.claims', ?, true)")) {
            for (UUID tenant : tenants) {
                claims.setString(1, "{\"sub\": \"" + tenant + "\", \"role\": \"authenticated\"}");
                claims.execute();
                counts.add(tenant.toString(), copies.copyOut(select + " where user_id = '" + tenant + "') to stdout", out));
            }
        }
    }

    /** Row counts by tenant; a table without tenants has one line without a tenant. */
    private static final class Counts {

        private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
        private long all;

        void add(String tenant, long rows) {
            if (rows > 0) {
                lines.writeBytes((tenant + "\t" + rows + "\n").getBytes(StandardCharsets.US_ASCII));
                all += rows;
            }
        }

        void of(SavedTable table, Connection owner) throws SQLException {
            try (Statement statement = owner.createStatement();
                    ResultSet rows = statement.executeQuery(RowCounts.of(table))) {
                while (rows.next()) {
                    add(rows.getString(1), rows.getLong(2));
                }
            }
        }

        void writeTo(OutputStream out) throws IOException {
            lines.writeTo(out);
        }
    }
}

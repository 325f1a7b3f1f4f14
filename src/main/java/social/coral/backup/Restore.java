package social.coral.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import social.coral.installation.DatabaseServer;
import social.coral.installation.FaultReasons;
import social.coral.installation.Finding.Level;
import social.coral.installation.InstallationSettings;
import social.coral.installation.MasterKey;
import social.coral.installation.NewDatabase;
import social.coral.installation.StartFault;
import social.coral.knowledge.Rebuild;
import social.coral.tenancy.IsolationCheckup;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.Schema;

/**
 * Restores a backup into an empty database: all of it or nothing. Verifies the whole file first, then creates the tables as they
 * were, loads and counts them in one transaction, and upgrades them to this version as any start does.
 */
public final class Restore {

    private final InstallationSettings settings;
    private final MasterKey masterKey;
    private final Consumer<String> tell;

    public Restore(InstallationSettings settings, MasterKey masterKey, Consumer<String> tell) {
        this.settings = settings;
        this.masterKey = masterKey;
        this.tell = tell;
    }

    /** Returns the name of the master key that a backup needs, for an installation that has none yet. */
    public static String masterKeyOf(Path file) throws IOException {
        try (BackupFile backup = BackupFile.open(file)) {
            return backup.header().masterKey();
        }
    }

    /** Restores the file into a new database, which replaces an existing one only on request. */
    public void from(Path file, NewDatabase database, boolean replace) throws IOException {
        try (BackupFile backup = BackupFile.open(file)) {
            Manifest manifest = backup.header();
            if (!masterKey.follow(manifest.masterKey())) {
                throw new StartFault(wrongKey(file, manifest.masterKey(), "the key here is " + masterKey.currentId()));
            }
            backup.verify(masterKey);
            tell.accept(file + " is intact: made at " + manifest.takenAt().truncatedTo(ChronoUnit.SECONDS) + " by Coral Social " + manifest.product()
                    + " from PostgreSQL " + manifest.postgres());
            Optional<List<Erasure>> later = present(database, replace);
            DatabaseServer server = database.create();
            refuseUnfit(server, manifest, file);
            Schema.make(server, manifest.schemaVersion(), settings, masterKey);
            load(server, backup);
            finish(server, later.orElse(List.of()), database);
            Optional<Path> aside = database.replacePresent();
            aside.ifPresent(kept -> tell.accept("The database from before is in " + kept + "; delete it when it is not needed any more"));
            if (later.isEmpty()) {
                tell.accept("Anyone erased after " + manifest.takenAt().truncatedTo(ChronoUnit.SECONDS) + " is back. If somebody was, erase them again");
            }
        } catch (SQLException e) {
            throw new StartFault("The database refused the backup (" + FaultReasons.firstLine(e) + ").", e);
        }
    }

    public static String wrongKey(Path file, String needed, String here) {
        return file + " was made under master key " + needed + ", and " + here
                + ". Put that installation's master.key into the data folder, or set its ENCRYPTION_KEY.";
    }

    /** Reads the erasures that the embedded database to be replaced knows of, if it can be read. */
    private Optional<List<Erasure>> present(NewDatabase database, boolean replace) throws SQLException {
        try {
            Optional<DatabaseServer> present = database.present();
            if (present.isEmpty()) {
                return Optional.empty();
            }
            try (Connection owner = present.get().connectAsOwner()) {
                long people = people(owner);
                if (people > 0 && !replace) {
                    throw new StartFault("The database here holds " + people + " people. ./coral restore --replace FILE replaces it with the backup and"
                            + " keeps a copy of it.");
                }
                return Optional.of(Erasure.all(owner));
            }
        } catch (StartFault fault) {
            if (!replace) {
                throw fault;
            }
            tell.accept("The present database cannot be read: " + fault.getMessage());
            return Optional.empty();
        }
    }

    private static long people(Connection owner) throws SQLException {
        return has(owner, "auth.users") ? number(owner, "select count(*) from auth.users") : 0;
    }

    private static boolean has(Connection owner, String table) throws SQLException {
        return number(owner, "select count(*) from pg_class where oid = to_regclass('" + table + "')") > 0;
    }

    private static long number(Connection owner, String query) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void refuseUnfit(DatabaseServer server, Manifest manifest, Path file) throws SQLException {
        List<String> unknown = Schema.unknown(server, manifest.migrations());
        if (!unknown.isEmpty()) {
            throw new StartFault(file + " holds tables of a newer Coral Social (" + manifest.product() + ", " + unknown.getLast()
                    + "). Restore it with that version or a newer one.");
        }
        try (Connection owner = server.connectAsOwner()) {
            String name = SavedTable.quoted(owner.getCatalog());
            String emptied = ". Rename it and create an empty one. Run as an administrator: alter database " + name + " rename to "
                    + SavedTable.quoted(owner.getCatalog() + "_before") + "; create database " + name + " owner "
                    + SavedTable.quoted(owner.getMetaData().getUserName()) + ".";
            long people = people(owner);
            if (people > 0) {
                throw new StartFault("The database at " + server.name() + " holds " + people + " people" + emptied);
            }
            List<String> there = Schema.migrations(server);
            if (!there.isEmpty() && !manifest.migrations().containsAll(there)) {
                throw new StartFault("The database at " + server.name() + " has tables that are newer than the backup's" + emptied);
            }
            if (number(owner, "select count(*) from pg_stat_activity where datname = current_database() and usename::text in"
                    + " ('coral_tenant', 'coral_auth', 'coral_jobs', 'coral_meter')") > 0) {
                throw new StartFault("Coral Social is running on the database at " + server.name() + ". Stop every process of it, then restore.");
            }
        }
    }

    private void load(DatabaseServer server, BackupFile backup) throws SQLException, IOException {
        try (Connection owner = server.connectAsOwner()) {
            owner.setAutoCommit(false);
            new Load(owner, backup, tell).run();
            owner.commit();
        }
    }

    private void finish(DatabaseServer server, List<Erasure> later, NewDatabase database) throws SQLException {
        try {
            Schema.bringUpToDate(server, settings, masterKey);
            settle(server, later);
            renewIndexes(server);
            check(server);
        } catch (StartFault fault) {
            throw database.isEmbedded() ? fault : new StartFault("All rows are in the database, but the restore was not completed. " + fault.getMessage(), fault);
        }
    }

    private void settle(DatabaseServer server, List<Erasure> later) throws SQLException {
        try (Connection owner = server.connectAsOwner()) {
            owner.setAutoCommit(false);
            int people = Erasure.carryOver(owner, later);
            tell.accept("Jobs that were at work when the backup was made, and are due again: " + releaseJobs(owner));
            owner.commit();
            if (!later.isEmpty()) {
                tell.accept(later.size() + " erasures are known from the database that is replaced; " + people + " people whom the backup still held are erased again");
            }
        }
    }

    /** What indexes hold may be of another time than the rows now are. */
    private static void renewIndexes(DatabaseServer server) {
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            owner.eachTenant(() -> Rebuild.begin(owner.tenants()));
        }
    }

    /** Releases the jobs that were held, without counting it against them. */
    private static int releaseJobs(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("select jobs.stand_in_line(task_name, line, execution_time) from jobs.scheduled_tasks where picked");
            int released = statement.executeUpdate("update jobs.scheduled_tasks set picked = false, picked_by = null where picked");
            statement.execute("delete from jobs.workers");
            return released;
        }
    }

    private void check(DatabaseServer server) {
        // Broken isolation was refused as by any start. Any other finding was there before and does not prevent the restore.
        IsolationCheckup.of(server).forEach(finding -> tell.accept(word(finding.level()) + ", " + finding.subject() + ": " + finding.sentence()));
    }

    private static String word(Level level) {
        return switch (level) {
            case OK -> "Checked";
            case WARNING -> "Note";
            case FAULT -> "FAULT";
        };
    }
}

package social.coral.operations;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.backup.Backup;
import social.coral.backup.Restore;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.MasterKey;
import social.coral.installation.NewDatabase;
import social.coral.installation.StartFault;
import social.coral.kms.TransitEngine;
import social.coral.knowledge.VectorServer;

/** {@code ./coral backup FILE} and {@code ./coral restore FILE}. */
final class Backups {

    private static final int FAILED = 1;
    private static final int USAGE_ERROR = 2;
    private static final String USAGE = "Usage: ./coral backup [--overwrite] FILE, or ./coral restore [--replace] FILE";

    private Backups() {}

    static void main(String[] args) {
        ConfigurableEnvironment environment = CommandEnvironment.load();
        System.exit(run(environment, List.of(args), System.out::println, System.err::println));
    }

    static int run(ConfigurableEnvironment environment, List<String> args, Consumer<String> out, Consumer<String> err) {
        List<String> rest = new ArrayList<>(args);
        String command = rest.isEmpty() ? "" : rest.removeFirst();
        boolean option = rest.remove(command.equals("backup") ? "--overwrite" : "--replace");
        if (!List.of("backup", "restore").contains(command) || rest.size() != 1 || rest.getFirst().startsWith("-")) {
            err.accept(USAGE);
            return USAGE_ERROR;
        }
        Path file = Path.of(rest.getFirst());
        boolean backup = command.equals("backup");
        try (InstallationCheckup installation = InstallationCheckup.of(environment, TransitEngine.of(environment))) {
            if (backup) {
                backup(installation, environment, file, option, out);
            } else {
                restore(installation, environment, file, option, out);
            }
            return 0;
        } catch (StartFault fault) {
            err.accept((backup ? "No backup: " : "Not restored: ") + fault.getMessage());
        } catch (IOException e) {
            err.accept((backup ? "No backup: " : "Not restored: ") + "A file could not be read or written (" + e.getMessage() + ").");
        }
        return FAILED;
    }

    private static void backup(
            InstallationCheckup installation, ConfigurableEnvironment environment, Path file, boolean overwrite, Consumer<String> out) throws IOException {
        MasterKey masterKey = installation.masterKey().orElseThrow(CommandEnvironment::noInstallation);
        DatabaseServer server = installation.database().orElseThrow(CommandEnvironment::noInstallation);
        new Backup(server, masterKey, Clock.systemUTC(), out).to(file, environment.getRequiredProperty("coral.version"), overwrite);
    }

    private static void restore(
            InstallationCheckup installation, ConfigurableEnvironment environment, Path file, boolean replace, Consumer<String> out) throws IOException {
        String needed = Restore.masterKeyOf(file);
        MasterKey masterKey = installation.masterKey().orElseThrow(() -> new StartFault(Restore.wrongKey(file, needed, "there is no key here yet")));
        VectorServer vectors = VectorServer.of(environment);
        try (NewDatabase database = installation.newDatabase()) {
            new Restore(installation.settings(), masterKey, out).from(file, database, replace);
        }
        vectors.empty().ifPresent(out);
        out.accept("Restored. Start it with ./coral run.");
    }
}

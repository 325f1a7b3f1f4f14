package social.coral.operations;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding.Level;
import social.coral.installation.Finding;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.jobs.JobsCheckup;
import social.coral.kms.TransitEngine;
import social.coral.knowledge.EmbeddingsCheckup;
import social.coral.knowledge.KnowledgeCheckup;
import social.coral.knowledge.VectorServerCheckup;
import social.coral.tenancy.DatabaseCheckup;
import social.coral.tenancy.IsolationCheckup;
import social.coral.tenancy.IsolationRepair;
import social.coral.usage.PriceCheckup;
import social.coral.usage.PriceList;

/**
 * {@code ./coral doctor}: checks the installation and prints a line for each check. With {@code --isolation} it checks the
 * claims that the isolation of tenants rests on; with {@code --mend} after it, it also repairs what is broken and prints a line
 * for each statement.
 */
final class Doctor {

    private static final int FAULTS = 1;
    private static final int USAGE_ERROR = 2;

    private interface Checkup {
        List<Finding> of(DatabaseServer server) throws IOException;
    }

    private Doctor() {}

    static void main(String[] options) {
        boolean mend = List.of(options).equals(List.of("--isolation", "--mend"));
        boolean isolation = mend || List.of(options).equals(List.of("--isolation"));
        if (options.length > 0 && !isolation) {
            System.err.println("./coral doctor does not know \"" + String.join(" ", options) + "\". It takes --isolation, --isolation --mend, or no option.");
            System.exit(USAGE_ERROR);
        }
        ConfigurableEnvironment environment = CommandEnvironment.load();
        List<Finding> findings = mend ? mended(environment) : isolation ? isolation(environment) : examine(environment);
        findings.forEach(finding -> System.out.printf("%-8s %-16s %s%n", word(finding.level()), finding.subject(), finding.sentence()));
        long faults = count(findings, Level.FAULT);
        System.out.printf("%n%d faults, %d warnings%n", faults, count(findings, Level.WARNING));
        System.exit(faults == 0 ? 0 : FAULTS);
    }

    static List<Finding> examine(ConfigurableEnvironment environment) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok("JDK", System.getProperty("java.version") + " in " + System.getProperty("java.home")));
        try (InstallationCheckup installation = InstallationCheckup.of(environment, TransitEngine.of(environment))) {
            findings.addAll(installation.folder());
            findings.add(installation.key());
            findings.add(installation.port());
            findings.add(EmbeddingsCheckup.of(installation.file("tmp")));
            findings.addAll(PriceCheckup.of(installation.file(PriceList.FILE), Instant.now()));
            findings.addAll(database(installation, server -> databaseKeysAndWork(server, installation, environment)));
        } catch (StartFault fault) {
            findings.add(Finding.fault("settings", String.valueOf(fault.getMessage())));
        } catch (IOException e) {
            findings.add(unreadableFolder(e));
        }
        findings.addAll(VectorServerCheckup.of(environment));
        findings.addAll(ExternalServices.of(environment));
        return findings;
    }

    static List<Finding> isolation(ConfigurableEnvironment environment) {
        return isolation(environment, IsolationCheckup::of);
    }

    private static List<Finding> mended(ConfigurableEnvironment environment) {
        return isolation(environment, server -> {
            IsolationRepair.run(server, System.out::println);
            return IsolationCheckup.of(server);
        });
    }

    private static List<Finding> isolation(ConfigurableEnvironment environment, Checkup checkup) {
        try (InstallationCheckup installation = InstallationCheckup.of(environment, TransitEngine.of(environment))) {
            return database(installation, checkup);
        } catch (StartFault fault) {
            return List.of(Finding.fault("settings", String.valueOf(fault.getMessage())));
        } catch (IOException e) {
            return List.of(unreadableFolder(e));
        }
    }

    private static Finding unreadableFolder(IOException e) {
        return Finding.fault("data folder", "The data folder cannot be read (" + e.getMessage() + "). It must belong to the user that runs Coral Social.");
    }

    private static List<Finding> database(InstallationCheckup installation, Checkup checkup) throws IOException {
        try {
            DatabaseServer server = installation.database().orElse(null);
            return server == null ? List.of(Finding.ok("database", "not created yet; ./coral run creates it")) : checkup.of(server);
        } catch (StartFault fault) {
            return List.of(Finding.fault("database", String.valueOf(fault.getMessage())));
        }
    }

    private static List<Finding> databaseKeysAndWork(
            DatabaseServer server, InstallationCheckup installation, ConfigurableEnvironment environment) {
        Optional<MasterKey> masterKey = installation.masterKey();
        List<Finding> findings = new ArrayList<>(DatabaseCheckup.of(server, installation.settings(), masterKey));
        if (masterKey.isPresent() && findings.stream().noneMatch(finding -> finding.level() == Level.FAULT)) {
            findings.addAll(KeyUse.findings(server, masterKey.get()));
            findings.addAll(JobsCheckup.of(server, KnowledgeCheckup.JOBS));
            findings.addAll(PriceCheckup.models(server));
            findings.addAll(KnowledgeCheckup.of(server, environment));
        }
        return findings;
    }

    private static long count(List<Finding> findings, Level level) {
        return findings.stream().filter(finding -> finding.level() == level).count();
    }

    private static String word(Level level) {
        return switch (level) {
            case OK -> "ok";
            case WARNING -> "warning";
            case FAULT -> "FAULT";
        };
    }
}

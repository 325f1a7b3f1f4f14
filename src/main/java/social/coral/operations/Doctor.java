package social.coral.operations;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding;
import social.coral.installation.Finding.Level;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.StartFault;
import social.coral.kms.TransitEngine;
import social.coral.tenancy.DatabaseCheckup;

/** {@code ./coral doctor}: a short-lived process that checks the installation and prints a line for each check. */
final class Doctor {

    private static final int FAULTS = 1;
    private static final int UNKNOWN_OPTION = 2;

    private Doctor() {}

    static void main(String[] options) {
        if (options.length > 0) {
            System.err.println("./coral doctor knows no \"" + options[0] + "\"; it takes no options");
            System.exit(UNKNOWN_OPTION);
        }
        LoggingSystem.get(Doctor.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        ConfigurableEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        List<Finding> findings = examine(environment);
        findings.forEach(finding -> System.out.printf("%-8s %-12s %s%n", word(finding.level()), finding.subject(), finding.sentence()));
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
            findings.addAll(database(installation));
        } catch (StartFault fault) {
            findings.add(Finding.fault("settings", String.valueOf(fault.getMessage())));
        } catch (IOException e) {
            findings.add(Finding.fault("data folder", "cannot be read (" + e.getMessage() + "); it must belong to the user that runs Coral Social"));
        }
        findings.addAll(OutsideServices.of(environment));
        return findings;
    }

    private static List<Finding> database(InstallationCheckup installation) throws IOException {
        try {
            DatabaseServer server = installation.database().orElse(null);
            if (server == null) {
                return List.of(Finding.ok("database", "not made yet; ./coral run makes it"));
            }
            List<Finding> findings = new ArrayList<>(DatabaseCheckup.of(server, installation.masterKey()));
            if (findings.stream().noneMatch(finding -> finding.level() == Level.FAULT) && installation.masterKey().isPresent()) {
                findings.addAll(KeyUse.findings(server, installation.masterKey().get()));
            }
            return findings;
        } catch (StartFault fault) {
            return List.of(Finding.fault("database", String.valueOf(fault.getMessage())));
        }
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

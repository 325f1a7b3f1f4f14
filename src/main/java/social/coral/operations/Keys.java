package social.coral.operations;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.StandardEnvironment;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.kms.TransitEngine;
import social.coral.tenancy.OwnerDoor;

/** {@code ./coral keys}: a short-lived process that shows and changes what seals the installation's secrets, while it serves or not. */
final class Keys {

    private static final int REFUSED = 1;
    private static final int UNKNOWN_OPTION = 2;

    private Keys() {}

    static void main(String[] words) {
        LoggingSystem.get(Keys.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        ConfigurableEnvironment environment = new StandardEnvironment();
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        System.exit(run(environment, List.of(words), System.out::println, System.err::println));
    }

    static int run(ConfigurableEnvironment environment, List<String> words, Consumer<String> out, Consumer<String> err) {
        boolean oneTenant = words.size() == 3 && words.subList(0, 2).equals(List.of("rotate", "--tenant"));
        if (!oneTenant && !(words.size() == 1 && List.of("status", "rotate", "forget").contains(words.getFirst()))) {
            err.accept("./coral keys takes one of: status, rotate, rotate --tenant <e-mail or id>, forget");
            return UNKNOWN_OPTION;
        }
        try (InstallationCheckup installation = InstallationCheckup.of(environment, TransitEngine.of(environment))) {
            MasterKey masterKey = installation.masterKey().orElseThrow(Keys::nothingYet);
            DatabaseServer server = installation.database().orElseThrow(Keys::nothingYet);
            try (OwnerDoor owner = OwnerDoor.open(server)) {
                KeyRotation rotation = new KeyRotation(owner, masterKey, installation.settings(), out);
                if (oneTenant) {
                    rotation.renew(words.get(2));
                    return 0;
                }
                switch (words.getFirst()) {
                    case "rotate" -> {
                        return rotation.rotate() ? 0 : REFUSED;
                    }
                    case "forget" -> rotation.forget();
                    default -> {
                        out.accept("The master key is kept in " + masterKey.place());
                        KeyUse.of(owner, masterKey).lines().forEach(out);
                    }
                }
                return 0;
            }
        } catch (StartFault fault) {
            err.accept("The keys stay as they are: " + fault.getMessage() + ".");
        } catch (IOException e) {
            err.accept("The data folder cannot be read (" + e.getMessage() + "); it must belong to the user that runs this.");
        }
        return REFUSED;
    }

    private static StartFault nothingYet() {
        return new StartFault("nothing is here yet; the first ./coral run makes the master key and the database");
    }
}

package social.coral.operations;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.StartFault;
import social.coral.kms.TransitEngine;
import social.coral.tenancy.OwnerDoor;

/** Runs a command on the database as its owner, whether the installation is running or not. */
final class OwnersCommand {

    static final int FAILED = 1;
    static final int USAGE_ERROR = 2;

    private static final Pattern USD = Pattern.compile("\\d{1,7}(\\.\\d{1,2})?");
    private static final BigDecimal MAX_USD = BigDecimal.valueOf(1_000_000);

    private OwnersCommand() {}

    /** Returns the exit code; a fault is printed after {@code refusal}. */
    static int run(ConfigurableEnvironment environment, String refusal, Consumer<String> err, Consumer<OwnerDoor> command) {
        try (InstallationCheckup installation = InstallationCheckup.of(environment, TransitEngine.of(environment))) {
            DatabaseServer server = installation.database().orElseThrow(CommandEnvironment::noInstallation);
            try (OwnerDoor owner = OwnerDoor.open(server)) {
                command.accept(owner);
                return 0;
            }
        } catch (StartFault fault) {
            err.accept(refusal + " " + fault.getMessage());
        } catch (IOException e) {
            err.accept("The data folder cannot be read (" + e.getMessage() + "). It must belong to the user that runs this.");
        }
        return FAILED;
    }

    /** Reads an amount in whole cents. */
    static BigDecimal usd(String text) {
        if (USD.matcher(text).matches()) {
            BigDecimal usd = new BigDecimal(text);
            if (usd.compareTo(MAX_USD) <= 0) {
                return usd;
            }
        }
        throw new StartFault("\"" + text + "\" is not an amount in US dollars from 0 to 1000000, such as 20 or 12.50.");
    }
}

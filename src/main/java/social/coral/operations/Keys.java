package social.coral.operations;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.installation.DatabaseServer;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.MasterKey;
import social.coral.installation.StartFault;
import social.coral.kms.TransitEngine;
import social.coral.tenancy.OwnerDoor;

/** {@code ./coral keys}: shows and changes the keys that seal the installation's secrets, whether it is running or not. */
final class Keys {

    private static final int FAILED = 1;
    private static final int USAGE_ERROR = 2;

    private Keys() {}

    static void main(String[] args) {
        ConfigurableEnvironment environment = CommandEnvironment.load();
        System.exit(run(environment, List.of(args), System.out::println, System.err::println));
    }

    static int run(ConfigurableEnvironment environment, List<String> args, Consumer<String> out, Consumer<String> err) {
        boolean oneTenant = args.size() == 3 && args.subList(0, 2).equals(List.of("rotate", "--tenant"));
        if (!oneTenant && !(args.size() == 1 && List.of("status", "rotate", "forget").contains(args.getFirst()))) {
            err.accept("Use ./coral keys with one of: status, rotate, rotate --tenant <email or id>, forget.");
            return USAGE_ERROR;
        }
        try (InstallationCheckup installation = InstallationCheckup.of(environment, TransitEngine.of(environment))) {
            MasterKey masterKey = installation.masterKey().orElseThrow(CommandEnvironment::noInstallation);
            DatabaseServer server = installation.database().orElseThrow(CommandEnvironment::noInstallation);
            try (OwnerDoor owner = OwnerDoor.open(server)) {
                KeyRotation rotation = new KeyRotation(owner, masterKey, installation.settings(), out);
                if (oneTenant) {
                    rotation.renew(args.get(2));
                    return 0;
                }
                switch (args.getFirst()) {
                    case "rotate" -> {
                        return rotation.rotate() ? 0 : FAILED;
                    }
                    case "forget" -> rotation.forget();
                    default -> {
                        out.accept("The master key is kept in " + masterKey.location() + ".");
                        KeyUse.of(owner, masterKey).lines().forEach(out);
                    }
                }
                return 0;
            }
        } catch (StartFault fault) {
            err.accept("The keys were not changed: " + fault.getMessage());
        } catch (IOException e) {
            err.accept("The data folder cannot be read (" + e.getMessage() + "). It must belong to the user that runs this.");
        }
        return FAILED;
    }
}

package social.coral.tenancy;

import java.util.List;
import org.springframework.stereotype.Component;
import social.coral.installation.InstallationSettings;
import social.coral.installation.MasterKey;

/** The passwords of the login roles: the operator's, or derived from the master key, so that all processes agree. */
@Component
final class RolePasswords {

    private final InstallationSettings settings;
    private final MasterKey masterKey;

    RolePasswords(InstallationSettings settings, MasterKey masterKey) {
        this.settings = settings;
        this.masterKey = masterKey;
    }

    /** The password that the role has, as far as this process knows. */
    String of(LoginRole role) {
        return candidates(role).getFirst();
    }

    /** The password of the current master key, then those that the role had or will have under another one that is known. */
    List<String> candidates(LoginRole role) {
        String given = settings.databaseAppPassword();
        return given != null && !given.isBlank() ? List.of(given) : masterKey.passwords("database/" + role.roleName);
    }

    /** Looks for a key that another process made; true when there may be a further password now. */
    boolean lookAgain() {
        return masterKey.reread();
    }
}

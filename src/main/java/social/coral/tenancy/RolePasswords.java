package social.coral.tenancy;

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

    String of(LoginRole role) {
        String given = settings.databaseAppPassword();
        return given != null && !given.isBlank() ? given : masterKey.password("database/" + role.roleName);
    }
}

package social.coral.installation;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the machine and its database, read from the environment (see {@code application.properties} for the
 * variable behind each). A variable that is set to nothing counts as absent.
 *
 * @param data the folder that holds everything this installation must keep
 * @param binaries where the packaged PostgreSQL is unpacked; inside the data folder when absent
 * @param cache the user's folder for what can be made again
 * @param databaseUrl the owner's address of an existing PostgreSQL, or null for the embedded one
 * @param databaseAppPassword the password of the login roles that the product makes; derived when null
 * @param encryptionKey the master key; generated into the data folder when null
 * @param encryptionKeysOld earlier master keys, separated by commas, that may still open what they sealed
 * @param role which part of the work this process does
 * @param appUrl the address under which people reach this installation; this machine and port when null
 */
@ConfigurationProperties("coral.installation")
public record InstallationSettings(
        @DefaultValue("") String data,
        @Nullable String binaries,
        @DefaultValue("cache") String cache,
        @Nullable String databaseUrl,
        @Nullable String databaseAppPassword,
        @Nullable String encryptionKey,
        @Nullable String encryptionKeysOld,
        @DefaultValue("all") ProcessRole role,
        @Nullable String appUrl) {

    public InstallationSettings {
        data = data.isBlank() ? "data" : data;
        binaries = textOrNull(binaries);
        databaseUrl = textOrNull(databaseUrl);
        databaseAppPassword = textOrNull(databaseAppPassword);
        encryptionKey = textOrNull(encryptionKey);
        encryptionKeysOld = textOrNull(encryptionKeysOld);
        appUrl = PublicAddress.checked(textOrNull(appUrl));
    }

    /** The rest are keys and passwords, or addresses that hold them. */
    @Override
    public String toString() {
        return "InstallationSettings[" + data + ", " + role + "]";
    }

    Path dataFolder() {
        try {
            return Path.of(data).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new StartFault("the folder that CORAL_DATA names cannot be named in this process's locale; set LC_ALL=C.UTF-8, or name another", e);
        }
    }

    List<Path> binariesFolders() {
        return binaries != null
                ? List.of(Path.of(binaries).toAbsolutePath().normalize())
                : List.of(dataFolder().resolve("postgres-binaries"), Path.of(cache).toAbsolutePath().resolve("coral-social"));
    }

    private static @Nullable String textOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}

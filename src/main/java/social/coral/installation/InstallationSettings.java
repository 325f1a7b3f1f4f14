package social.coral.installation;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the machine and its database, read from the environment ({@code application.properties} names the
 * variables). An empty variable counts as absent.
 *
 * @param data the folder for all persistent data
 * @param binaries where the packaged PostgreSQL is unpacked; inside the data folder when absent
 * @param cache the user's cache folder
 * @param databaseUrl the owner's URL of an existing PostgreSQL, or null for the embedded one
 * @param databaseAppPassword the password of the login roles that the product creates; derived when null
 * @param encryptionKey the master key; generated into the data folder when null
 * @param encryptionKeysOld earlier master keys, separated by commas, which can still open what they sealed
 * @param role whether this process serves requests, runs jobs, or both
 * @param appUrl the public address of this installation; localhost and the port when null
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
        appUrl = PublicAddress.normalized(textOrNull(appUrl));
    }

    /** Leaves out keys, passwords and URLs that contain them. */
    @Override
    public String toString() {
        return "InstallationSettings[" + data + ", " + role + "]";
    }

    Path dataFolder() {
        try {
            return Path.of(data).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new StartFault("The folder of CORAL_DATA has a name that this process's locale cannot express. Set LC_ALL=C.UTF-8, or choose another folder.", e);
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

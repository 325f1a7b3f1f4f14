package social.coral.installation;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the machine and its database, read from the environment (see {@code application.properties} for the
 * variable behind each).
 *
 * @param data the folder that holds everything this installation must keep
 * @param databaseUrl the owner's address of an existing PostgreSQL, or null for the embedded one
 * @param databaseAppPassword the password of the login roles that the product makes; derived when null
 * @param encryptionKey the master key; generated into the data folder when null
 * @param encryptionKeysOld earlier master keys, separated by commas, that may still open what they sealed
 */
@ConfigurationProperties("coral.installation")
public record InstallationSettings(
        @DefaultValue("./data") Path data,
        @Nullable String databaseUrl,
        @Nullable String databaseAppPassword,
        @Nullable String encryptionKey,
        @Nullable String encryptionKeysOld) {}

package social.coral.backup;

import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first entry of a backup, which describes it.
 *
 * @param format always {@link #FORMAT}
 * @param version of the file format; {@link #VERSION} is the newest that can be read
 * @param product the version of Coral Social that wrote it
 * @param migrations the versions of the schema's migrations, the newest last
 * @param postgres the version of the server it was read from
 * @param masterKey the name of the master key that encrypts its secrets
 * @param auditMonths the months for which the audit has a partition, such as {@code 2026-11}
 */
record Manifest(
        String format, int version, String product, List<String> migrations, String postgres, String masterKey, Instant takenAt,
        List<String> auditMonths, List<SavedTable> tables) {

    static final String FORMAT = "coral-social-backup";
    static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /** Returns the migration that its tables are at. */
    String schemaVersion() {
        return migrations.getLast();
    }

    byte[] json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** Parses a manifest; throws a {@link JacksonException} if it is none. */
    static Manifest of(byte[] json) {
        return JSON.readValue(json, Manifest.class);
    }
}

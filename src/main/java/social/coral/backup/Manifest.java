package social.coral.backup;

import java.time.Instant;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup says of itself, in its first entry.
 *
 * @param format always {@link #FORMAT}
 * @param version of the form of the file; the newest that is read is {@link #VERSION}
 * @param product the version of Coral Social that wrote it
 * @param migrations the versions of the schema's migrations, the newest last
 * @param postgres the version of the server it was read from
 * @param masterKey the name of the master key that seals what is sealed in it
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

    /** The migration that its tables are at. */
    String schemaVersion() {
        return migrations.getLast();
    }

    byte[] json() {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    }

    /** Throws a {@link JacksonException} for what is none. */
    static Manifest of(byte[] json) {
        return JSON.readValue(json, Manifest.class);
    }
}

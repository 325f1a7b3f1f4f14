package social.coral.portability;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code manifest.json} of an archive, its last file.
 *
 * @param format always {@link #FORMAT}
 * @param version what this version of the product writes, and the newest that it reads
 */
record Manifest(String format, int version, Instant exportedAt, List<File> files, List<TenantTable.LeftOut> leftOut) {

    static final String FORMAT = "coral-social-export";
    static final int VERSION = 1;
    static final String NAME = "manifest.json";

    // The longest name in PostgreSQL, quoted, with the folder and extension of a file.
    private static final int MAX_NAME_LENGTH = 140;
    private static final int MAX_COLUMNS = 200;

    /**
     * @param table whose rows the file holds, one a line; null when it holds none
     * @param bytes its unpacked length
     * @param sha256 of its unpacked bytes, in hexadecimal digits
     */
    record File(
            String name, @Nullable String table, long rows, long bytes, String sha256, List<Column> columns) {}

    /** Reports whether nothing is missing and nothing is too long; anybody may have written it. */
    boolean isWhole() {
        return files != null && files.stream().allMatch(file -> file != null && isName(file.name()) && file.sha256() != null && file.columns() != null
                && file.columns().size() <= MAX_COLUMNS && file.columns().stream().allMatch(column -> column != null && isName(column.name())));
    }

    private static boolean isName(@Nullable String name) {
        return name != null && name.length() <= MAX_NAME_LENGTH;
    }

    record Column(String name, String type, boolean nullable) {

        static Column of(TenantTable.Column column) {
            return new Column(column.name(), column.type(), column.nullable());
        }
    }
}

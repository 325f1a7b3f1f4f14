package social.coral.imports.archive;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A location in an upload.
 *
 * @param file the file inside a ZIP or of several that were sent at once; null for an upload that is one file
 * @param line the line of a CSV or of JSON lines; in a JSON array, whose lines say little, as {@code element}; 0 for a file as a whole
 * @param element the number of the entry (from 1) in a JSON array; null elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Place(@Nullable String file, long line, @Nullable Long element) {

    private static final String IN_ZIP = ": ";

    /** A file as a whole. */
    public static Place of(@Nullable String file) {
        return new Place(file, 0, null);
    }

    static Place line(@Nullable String file, long line) {
        return new Place(file, line, null);
    }

    static Place entry(@Nullable String file, long entry) {
        return new Place(file, entry, entry);
    }

    /** A file in a ZIP. */
    static String inside(@Nullable String zip, String entry) {
        return zip == null ? entry : zip + IN_ZIP + entry;
    }

    /** Reports whether it comes earlier in the same file. */
    public boolean isBefore(Place other) {
        return Objects.equals(file, other.file) && line < other.line;
    }

    /** Returns the same location in an upload that is this one file. */
    public Place in(String onlyFile) {
        if (onlyFile.equals(file)) {
            return new Place(null, line, element);
        }
        return file != null && file.startsWith(onlyFile + IN_ZIP) ? new Place(file.substring(onlyFile.length() + IN_ZIP.length()), line, element) : this;
    }
}

package social.coral.imports;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import social.coral.imports.archive.Place;

/**
 * The result of an import: every row that was read was imported, corrected, skipped, left out or rejected.
 *
 * @param corrected rows whose post an earlier import had stored differently
 * @param skipped rows whose post was already stored
 * @param leftOut rows that are no writing of the author's own, or not any more
 * @param removed posts of earlier imports that were removed, as the file says what they are
 * @param rejected the first rejected rows, with the reason
 * @param rejectedCount the number of all rejected rows
 * @param notes what else to know of the file
 * @param broken where the file became unreadable; null if it was read to its end
 */
public record ImportResult(
        long imported,
        long corrected,
        long skipped,
        LeftOut leftOut,
        Removed removed,
        List<Remark> rejected,
        long rejectedCount,
        List<Remark> notes,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Remark broken) {

    public ImportResult {
        Objects.requireNonNull(leftOut);
        // A result that was stored without them.
        removed = Objects.requireNonNullElse(removed, new Removed(0, 0, 0));
        rejected = List.copyOf(rejected);
        notes = List.copyOf(notes);
    }

    /** Reports whether all of its rows were rejected. */
    public boolean rejectedAll() {
        return rejectedCount > 0 && imported + corrected + skipped + leftOut.all() + removed.all() == 0;
    }

    /**
     * Rows that were left out.
     *
     * @param deleted each post once, whether it was in a list of deleted posts, among the others or both
     * @param circlePosts posts to the few people of the author's Twitter Circle
     * @param olderVersions earlier versions of posts that were edited
     * @param notOnX rows from scheduling tools whose status says that the post was never published or is gone
     */
    public record LeftOut(long reposts, long deleted, long communityPosts, long circlePosts, long olderVersions, long notOnX) {

        public long all() {
            return reposts + deleted + communityPosts + circlePosts + olderVersions + notOnX;
        }
    }

    /** Posts that earlier imports had stored, and that are no longer here. */
    public record Removed(long deleted, long circlePosts, long reposts) {

        public long all() {
            return deleted + circlePosts + reposts;
        }
    }

    /** A location in the file and what to know about it, as a sentence. */
    public record Remark(@JsonUnwrapped Place place, String reason) {

        public Remark {
            Objects.requireNonNull(place);
            Objects.requireNonNull(reason);
        }

        /** Formats both, as in {@code Line 12: The text is missing.} */
        public String sentence() {
            return where().isEmpty() ? reason : where() + ": " + reason;
        }

        /** Formats the location: {@code Line 12}, or {@code tweets.js, entry 12} inside an archive; empty for an upload as a whole. */
        public String where() {
            String line = place.element() != null ? "entry " + place.element() : place.line() == 0 ? "" : "line " + place.line();
            return !StringUtils.hasLength(place.file()) ? StringUtils.capitalize(line)
                    : line.isEmpty() ? String.valueOf(place.file()) : place.file() + ", " + line;
        }
    }
}

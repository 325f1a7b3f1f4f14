package social.coral.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import social.coral.content.archive.Place;

/**
 * The result of an import: every row that was read was imported, skipped or rejected.
 *
 * @param skipped rows whose post was already stored
 * @param rejected the first rejected rows, with the reason
 * @param rejectedCount the number of all rejected rows
 * @param broken where the file became unreadable; null if it was read to its end
 */
public record ImportResult(
        long imported,
        long skipped,
        List<Rejected> rejected,
        long rejectedCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rejected broken) {

    /** A location in the file and what is wrong there, in a sentence. */
    public record Rejected(@JsonUnwrapped Place place, String reason) {

        /** Formats the location: {@code line 12}, or {@code tweets.js, entry 12} inside an archive. */
        public String where() {
            return (StringUtils.hasLength(place.file()) ? place.file() + ", " : "") + (place.element() == null ? "line " + place.line() : "entry " + place.element());
        }
    }
}

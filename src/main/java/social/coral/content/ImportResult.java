package social.coral.content;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import social.coral.content.archive.Place;

/**
 * What came of an import: every row that was read is imported, skipped or rejected.
 *
 * @param skipped rows whose post was there already
 * @param rejected the first rows that could not be taken, and why
 * @param rejectedCount all of them
 * @param broken where the file could not be read any further; null when it was read to its end
 */
public record ImportResult(
        long imported,
        long skipped,
        List<Rejected> rejected,
        long rejectedCount,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Rejected broken) {

    /** A place in the file and what is wrong there. */
    public record Rejected(@JsonUnwrapped Place place, String reason) {

        /** The place in words: {@code line 12}, or {@code tweets.js, line 12} inside an archive. */
        public String where() {
            return (StringUtils.hasLength(place.file()) ? place.file() + ", " : "") + "line " + place.line();
        }
    }
}

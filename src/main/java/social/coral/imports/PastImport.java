package social.coral.imports;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An import.
 *
 * @param fileName of its first file
 * @param files how many files were read
 * @param author of the rows that named none; null if each named its own
 * @param leftOut reposts, deleted posts, posts in communities or to a circle, and older versions of edited posts
 * @param ending null while it runs, for one that was interrupted, and where no ending was stored
 * @param reason why it ended early, as a sentence
 * @param endedAt null while it runs, and for one that was interrupted
 * @param removed how many of its posts are removed so far, once it is being taken back
 * @param remarks how many notes there are to it
 */
public record PastImport(
        UUID id,
        String fileName,
        int files,
        @Nullable String author,
        int imported,
        int corrected,
        int skipped,
        int leftOut,
        int rejectedCount,
        Instant createdAt,
        @Nullable Instant endedAt,
        @Nullable Ending ending,
        @Nullable String reason,
        @Nullable Integer removed,
        @JsonIgnore int remarks) {

    /** Reports whether posts are here because of it. Those that it only corrected are another's. */
    public boolean hasPosts() {
        return imported > 0;
    }

    /** Returns the name of its file, or of its first one with the number of the others. */
    public String title() {
        return title(fileName, files);
    }

    static String title(String fileName, int files) {
        return files > 1 ? fileName + " and " + (files - 1) + " more" : fileName;
    }
}

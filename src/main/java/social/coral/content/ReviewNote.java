package social.coral.content;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants changed in a text.
 *
 * @param version the number of the version that it is about
 * @param quote the words of it that it is about; null for the whole
 * @param author {@code person}, or the name of the agent that wants it
 * @param answeredBy the number of the version that answered it; null while it is open
 */
public record ReviewNote(UUID id, int version, @Nullable String quote, String note, String author, @Nullable Integer answeredBy, Instant createdAt) {

    static final int MAX_NOTE = 2_000;
    static final int MAX_QUOTE = 500;

    public boolean open() {
        return answeredBy == null;
    }
}

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

    /** Reports whether it is about this piece of the text: the words that it quotes are in the piece, or the piece is among them. */
    public boolean isAbout(String piece) {
        String bare = NoteInput.bare(piece);
        String words = quote == null ? "" : NoteInput.bare(quote);
        return !words.isEmpty() && !bare.isEmpty() && (bare.contains(words) || words.contains(bare));
    }
}

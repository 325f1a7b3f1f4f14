package social.coral.content;

import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.StorableText;

/**
 * A note that is about to be made.
 *
 * @param quote the words of the text that it is about; null for the whole
 */
public record NoteInput(@Nullable String note, @Nullable String quote) {

    private static final Pattern SIGNS = Pattern.compile("[\\s*_`#>\\\\]++");

    String checkedNote() {
        String given = note == null ? "" : checked("note", note.strip(), ReviewNote.MAX_NOTE);
        if (StorableText.isBlank(given)) {
            throw Failure.invalid("note", "Say what should be changed.");
        }
        return given;
    }

    /** Returns the words that it is about, which stand in the title or in a part of the text; null for the whole. */
    @Nullable String checkedQuote(ReviewedText text) {
        if (quote == null || quote.isBlank()) {
            return null;
        }
        String words = checked("quote", quote.strip().replace("\r\n", "\n"), ReviewNote.MAX_QUOTE);
        if (!bare(Objects.requireNonNullElse(text.title(), "")).contains(bare(words)) && !bare(String.join(" ", text.texts())).contains(bare(words))) {
            throw Failure.invalid("quote", "These words are not in the text as it is now. Copy them from it, or leave this empty.");
        }
        return words;
    }

    /** What is copied from a page lacks the signs of Markdown, and its lines may end elsewhere. */
    static String bare(String text) {
        return SIGNS.matcher(text).replaceAll(" ").strip();
    }

    private static String checked(String field, String text, int most) {
        int length = text.codePointCount(0, text.length());
        if (length > most) {
            throw Failure.invalid(field, "The " + field + " has " + length + " characters; at most " + most + " are allowed.");
        }
        if (!StorableText.isValid(text)) {
            throw Failure.invalid(field, "The " + field + " has a character that cannot be stored.");
        }
        return text;
    }
}

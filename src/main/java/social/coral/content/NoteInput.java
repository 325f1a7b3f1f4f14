package social.coral.content;

import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.api.StorableText;

/**
 * A note that is about to be made.
 *
 * @param quote the words of the text that it is about; null for the whole
 */
public record NoteInput(@Nullable String note, @Nullable String quote) {

    String checkedNote() {
        String given = note == null ? "" : checked("note", note.strip(), ReviewNote.MAX_NOTE);
        if (StorableText.isBlank(given)) {
            throw Failure.invalid("note", "Say what should be changed.");
        }
        return given;
    }

    @Nullable String checkedQuote() {
        return quote == null || quote.isBlank() ? null : checked("quote", quote.strip(), ReviewNote.MAX_QUOTE);
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

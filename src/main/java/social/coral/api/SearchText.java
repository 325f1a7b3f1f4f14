package social.coral.api;

import org.jspecify.annotations.Nullable;

/** Checks what a person types into a search or a filter. */
public final class SearchText {

    private static final int MAX_LENGTH = 200;

    private SearchText() {}

    /**
     * Returns the text without the space around it; an empty one for none.
     *
     * @param field the parameter that a refusal names
     * @param label what people call it, with which a sentence begins
     */
    public static String of(String field, String label, @Nullable String typed) {
        String text = typed == null ? "" : typed.strip();
        if (text.length() > MAX_LENGTH) {
            throw Failure.invalid(field, label + " can have at most " + MAX_LENGTH + " characters.");
        }
        if (!StorableText.isValid(text)) {
            throw Failure.invalid(field, label + " has a character that no text has.");
        }
        return text;
    }
}

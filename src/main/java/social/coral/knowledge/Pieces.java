package social.coral.knowledge;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into pieces that an embedding model reads whole: between sentences, where a sentence is too long between words, where a
 * word is too long between graphemes, and never inside one. The pieces joined are the text.
 */
final class Pieces {

    /** The most that a piece weighs: some 250 tokens, as four Latin letters are about one, and a letter of another script is one. */
    static final int MAX_WEIGHT = 1000;

    private static final int LAST_LATIN = 0x24F;
    private static final int WEIGHT_OF_OTHERS = 4;

    private Pieces() {}

    static List<String> of(String text, @Nullable String language) {
        if (weight(text) <= MAX_WEIGHT) {
            return text.isEmpty() ? List.of() : List.of(text);
        }
        Locale locale = language == null ? Locale.ROOT : Locale.forLanguageTag(language);
        List<String> pieces = new ArrayList<>();
        cut(text, pieces, BreakIterator.getSentenceInstance(locale), BreakIterator.getLineInstance(locale), BreakIterator.getCharacterInstance(locale));
        return pieces;
    }

    /** Fills pieces up with whole parts, and cuts a part that is too long at the next finer breaks. */
    private static void cut(String text, List<String> pieces, BreakIterator... breaks) {
        BreakIterator coarsest = breaks[0];
        coarsest.setText(text);
        int start = 0;
        int end = 0;
        int weight = 0;
        for (int next = coarsest.next(); next != BreakIterator.DONE; next = coarsest.next()) {
            int added = weight(text.substring(end, next));
            if (weight + added > MAX_WEIGHT) {
                if (end > start) {
                    pieces.add(text.substring(start, end));
                    start = end;
                    weight = 0;
                }
                if (added > MAX_WEIGHT) {
                    String part = text.substring(start, next);
                    if (breaks.length == 1) {
                        pieces.add(part);
                    } else {
                        cut(part, pieces, Arrays.copyOfRange(breaks, 1, breaks.length));
                    }
                    start = next;
                    added = 0;
                }
            }
            end = next;
            weight += added;
        }
        if (start < text.length()) {
            pieces.add(text.substring(start));
        }
    }

    static int weight(String text) {
        return text.codePoints().map(letter -> letter <= LAST_LATIN ? 1 : WEIGHT_OF_OTHERS).sum();
    }
}

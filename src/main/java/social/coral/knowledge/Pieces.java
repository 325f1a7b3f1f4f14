package social.coral.knowledge;

import com.ibm.icu.text.BreakIterator;
import java.util.ArrayList;
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

    private static final int GRAPHEMES = 2;
    private static final int LAST_LATIN = 0x24F;
    private static final int WEIGHT_OF_OTHERS = 4;

    private final String text;
    private final List<BreakIterator> breaks;
    private final List<String> pieces = new ArrayList<>();

    private Pieces(String text, Locale locale) {
        this.text = text;
        this.breaks = List.of(BreakIterator.getSentenceInstance(locale), BreakIterator.getLineInstance(locale), BreakIterator.getCharacterInstance(locale));
    }

    static List<String> of(String text, @Nullable String language) {
        if (weight(text, 0, text.length()) <= MAX_WEIGHT) {
            return text.isEmpty() ? List.of() : List.of(text);
        }
        Pieces cut = new Pieces(text, language == null ? Locale.ROOT : Locale.forLanguageTag(language));
        cut.cut(0, text.length(), 0);
        return cut.pieces;
    }

    /** Fills pieces up with whole parts, and cuts a part that is too long at the next finer breaks. */
    private void cut(int from, int to, int level) {
        int start = from;
        int weight = 0;
        for (int part = from; part < to;) {
            int end = breakAfter(part, to, level);
            int added = weight(text, part, end);
            if (weight > 0 && weight + added > MAX_WEIGHT) {
                pieces.add(text.substring(start, part));
                start = part;
                weight = 0;
            }
            if (added > MAX_WEIGHT && level + 1 < breaks.size()) {
                cut(part, end, level + 1);
                start = end;
            } else {
                weight += added;
            }
            part = end;
        }
        if (start < to) {
            pieces.add(text.substring(start, to));
        }
    }

    private int breakAfter(int position, int to, int level) {
        BreakIterator wanted = started(level);
        int end = wanted.current() == position ? wanted.next() : wanted.following(position);
        while (end != BreakIterator.DONE && end < to && !isBetweenGraphemes(end, level)) {
            end = wanted.next();
        }
        return end == BreakIterator.DONE ? to : Math.min(end, to);
    }

    /** The finer ones look through the whole text when they get it, which most texts do not need. */
    private BreakIterator started(int level) {
        BreakIterator wanted = breaks.get(level);
        if (wanted.getText().getEndIndex() != text.length()) {
            wanted.setText(text);
        }
        return wanted;
    }

    private boolean isBetweenGraphemes(int position, int level) {
        return level == GRAPHEMES || isPlain(text.charAt(position - 1)) && isPlain(text.charAt(position)) || started(GRAPHEMES).isBoundary(position);
    }

    /** Reports whether it is a grapheme alone, whatever plain letters stand beside it. */
    private static boolean isPlain(char letter) {
        return letter != '\r' && letter != '\n' && letter <= LAST_LATIN;
    }

    static int weight(String text, int from, int to) {
        int weight = 0;
        for (int i = from; i < to; i++) {
            char letter = text.charAt(i);
            weight += letter <= LAST_LATIN ? 1 : Character.isLowSurrogate(letter) ? 0 : WEIGHT_OF_OTHERS;
        }
        return weight;
    }
}

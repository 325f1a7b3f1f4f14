package social.coral.models;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.text.FilteredBreakIteratorBuilder;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Cuts a text between its sentences, by the rules of its language and with its abbreviations; never inside a grapheme or a link. */
public final class Sentences {

    private static final Pattern LINK = Pattern.compile(
            "(?i)https?://[^\\s<>\"\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsHangul}\u3002\uFF01\uFF1F]++");

    /** Those that the rules for these languages lack. */
    private static final List<String> ABBREVIATIONS = List.of("Dr.", "St.", "No.", "Nr.", "e.g.", "i.e.", "z. B.", "d. h.", "u. a.", "p. ex.", "p. ej.");
    /** A number of a day or a place, as in "on the 3. May". */
    private static final Pattern ORDINAL = Pattern.compile("(?:^|\\s)[0-9]{1,2}\\.\\s+$");
    /** What leads to a source belongs to the sentence before it. */
    private static final Pattern MARKERS = Pattern.compile("(?:\\[[0-9]{1,3}(?:, ?[0-9]{1,3})*+\\]\\s*)++");
    private static final String CLOSING = "\u00bb\u201d\u2019\u203a)]";
    /** What closes a quotation in some languages and opens one in others. */
    private static final String EITHER = "\"\u201c\u00ab\u2018";
    /** As far behind a sentence a mark may stand that closes it, such as behind an emoji. */
    private static final int CLOSED_WITHIN = 40;

    private final BreakIterator sentences;
    private final BreakIterator graphemes = BreakIterator.getCharacterInstance(ULocale.ROOT);

    /** @param language a language tag; null when it is not known */
    public Sentences(@Nullable String language) {
        ULocale locale = ULocale.forLanguageTag(language == null ? "en" : language);
        FilteredBreakIteratorBuilder rules = FilteredBreakIteratorBuilder.getInstance(locale);
        ABBREVIATIONS.forEach(rules::suppressBreakAfter);
        this.sentences = rules.wrapIteratorWithFilter(BreakIterator.getSentenceInstance(locale));
    }

    /** Returns the parts that joined are the text: each is a sentence, with the space behind it. */
    public List<String> parts(String text) {
        sentences.setText(text);
        graphemes.setText(text);
        Matcher link = LINK.matcher(text);
        int linkEnd = 0;
        boolean more = link.find();
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = sentences.next(); end != BreakIterator.DONE; end = sentences.next()) {
            while (more && link.start() < end) {
                linkEnd = link.end();
                more = link.find();
            }
            int last = afterMarkers(text, end);
            if (last > start && last >= linkEnd && graphemes.isBoundary(last) && isEnd(text, start, last)) {
                parts.add(text.substring(start, last));
                start = last;
            }
        }
        if (start < text.length()) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    private static int afterMarkers(String text, int end) {
        Matcher markers = MARKERS.matcher(text);
        int from = end > 0 && text.charAt(end - 1) == '[' ? end - 1 : end;
        return markers.region(from, text.length()).lookingAt() ? markers.end() : end;
    }

    private static boolean isEnd(String text, int start, int end) {
        return end == text.length() || !isClosedLater(text, end) && !ORDINAL.matcher(text.substring(Math.max(start, end - 8), end)).find();
    }

    /** Reports whether a mark that closes the sentence, or leads to its source, comes before any word or line. */
    private static boolean isClosedLater(String text, int end) {
        int most = Math.min(text.length(), end + CLOSED_WITHIN);
        for (int i = end, point; i < most; i += Character.charCount(point)) {
            point = text.codePointAt(i);
            boolean closes = CLOSING.indexOf(point) >= 0 || i > end && EITHER.indexOf(point) >= 0 && !Character.isWhitespace(text.codePointBefore(i));
            if (closes || i > end && MARKERS.matcher(text).region(i, text.length()).lookingAt()) {
                return true;
            }
            if (Character.isLetterOrDigit(point) || point == '\n' || point == '\r') {
                return false;
            }
        }
        return false;
    }
}

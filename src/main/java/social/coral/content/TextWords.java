package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a readable text as one text is compared with another: without case and marks, numbers apart from letters. */
final class TextWords {

    /** So many words in a row are compared. */
    private static final int ROW = 4;
    private static final Pattern WORD = Pattern.compile("\\p{L}[\\p{L}\\p{M}]*+|\\d++");

    private final List<String> words = new ArrayList<>();

    TextWords(String text) {
        Matcher word = WORD.matcher(text);
        while (word.find()) {
            String lower = word.group().toLowerCase(Locale.ROOT);
            if (lower.codePoints().anyMatch(TextWords::isWithoutSpaces)) {
                lower.codePoints().forEach(point -> words.add(Character.toString(point)));
            } else {
                words.add(lower);
            }
        }
    }

    private static boolean isWithoutSpaces(int point) {
        return point >= 0x0E00 && switch (Character.UnicodeScript.of(point)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    /** Reports whether all rows of the given length, or all words where there are fewer, have this. */
    boolean all(LongPredicate row) {
        int length = Math.min(ROW, words.size());
        for (int from = 0; from + length <= words.size(); from++) {
            if (!row.test(hash(from, length))) {
                return false;
            }
        }
        return true;
    }

    /** Gives each row of one word to the most that are compared. */
    void each(LongConsumer taker) {
        for (int from = 0; from < words.size(); from++) {
            for (int length = 1; length <= ROW && from + length <= words.size(); length++) {
                taker.accept(hash(from, length));
            }
        }
    }

    private long hash(int from, int length) {
        long hash = length;
        for (int i = from; i < from + length; i++) {
            String word = words.get(i);
            for (int c = 0; c < word.length(); c++) {
                hash = (hash ^ word.charAt(c)) * 0x100000001B3L;
            }
            hash = (hash ^ 0x1F) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}

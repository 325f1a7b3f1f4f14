package social.coral.knowledge;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells texts that say the same in the same words. What people add when they pass a text on does not count: links, the names it is
 * addressed to, tags behind it, capital letters and punctuation. Every number, sign, emoji and name within the text does, and the order.
 */
final class SameText {

    private static final Pattern LINK = Pattern.compile("https?://\\S++");
    private static final Pattern ADDRESSED = Pattern.compile("^(?:\\s++|RT\\s++@\\w{1,15}+:|\\.?@\\w{1,15}+[:,]?+(?=\\s))*+");
    private static final Pattern TAGS_BEHIND = Pattern.compile("(?:\\s++[#\uFF03][\\p{L}\\p{M}\\p{N}_]++)++\\s*+$");
    private static final String WITHIN_NUMBERS = ".,:";
    private static final String MINUS = "-\u2212\u2013";
    private static final int EMOJI_STYLE = 0xFE0F;
    private static final int NONE = ' ';

    private SameText() {}

    /** Returns what texts have in common when they say the same. A text of nothing but additions says only itself. */
    static String key(String text) {
        String bare = TAGS_BEHIND.matcher(ADDRESSED.matcher(withoutLinks(text)).replaceFirst("")).replaceFirst("");
        int[] letters = Normalizer.normalize(bare, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT).codePoints().toArray();
        StringBuilder words = new StringBuilder(letters.length);
        for (int i = 0; i < letters.length; i++) {
            words.appendCodePoint(counts(letters[i], i == 0 ? NONE : letters[i - 1], i + 1 == letters.length ? NONE : letters[i + 1]) ? letters[i] : NONE);
        }
        String key = words.toString().strip().replaceAll(" ++", " ");
        return key.isEmpty() ? text : key;
    }

    static String withoutLinks(String text) {
        return LINK.matcher(text).replaceAll(" ");
    }

    private static boolean counts(int letter, int before, int behind) {
        if (WITHIN_NUMBERS.indexOf(letter) >= 0) {
            return Character.isDigit(before) && Character.isDigit(behind);
        }
        if (MINUS.indexOf(letter) >= 0) {
            return Character.isWhitespace(before) && Character.isDigit(behind);
        }
        // As in C#.
        if (letter == '#') {
            return Character.isLetter(before);
        }
        return switch (Character.getType(letter)) {
            case Character.CONTROL, Character.FORMAT, Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION, Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION, Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION -> letter == '_' || letter == '%';
            default -> letter != EMOJI_STYLE;
        };
    }
}

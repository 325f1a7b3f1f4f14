package social.coral.content;

import com.twitter.twittertext.Regex;
import java.util.regex.Pattern;

/**
 * The characters that a hashtag may have, as X's library defines them. Its expression checks some five hundred ranges for
 * each character, so the answer is cached in one byte for each code point.
 */
final class TagLetters {

    private static final byte NONE = 1;
    private static final byte PART = 2;
    private static final byte LETTER = 3;

    private static final String TAG = Regex.VALID_HASHTAG.pattern().substring(Regex.VALID_HASHTAG.pattern().lastIndexOf(")([") + 2);
    private static final String PARTS = TAG.substring(0, TAG.indexOf("]*[") + 1);
    private static final String LETTERS = TAG.substring(PARTS.length() + 1, TAG.lastIndexOf("][") + 1);
    private static final Pattern IS_PART = Pattern.compile(PARTS, Regex.VALID_HASHTAG.flags());
    private static final Pattern IS_LETTER = Pattern.compile(LETTERS, Regex.VALID_HASHTAG.flags());

    /** 0 means not looked up yet. Racing lookups store the same value. */
    private static final byte[] KNOWN = new byte[Character.MAX_CODE_POINT + 1];

    private TagLetters() {}

    /** Reports whether it can be part of a hashtag. */
    static boolean isPart(int point) {
        return kind(point) >= PART;
    }

    /** Reports whether it is a letter, of which every hashtag has at least one. */
    static boolean isLetter(int point) {
        return kind(point) == LETTER;
    }

    private static byte kind(int point) {
        byte known = KNOWN[point];
        if (known == 0) {
            String text = Character.toString(point);
            known = !IS_PART.matcher(text).matches() ? NONE : IS_LETTER.matcher(text).matches() ? LETTER : PART;
            KNOWN[point] = known;
        }
        return known;
    }
}

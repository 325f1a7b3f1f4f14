package social.coral.content;

import java.util.BitSet;

/** Finds the host names in a text in one pass from its end, so that a long chain of labels is read only once. */
final class Hosts {

    private static final BitSet LETTERS = CharacterSets.of(CharacterSets.ALPHANUMERIC + CharacterSets.LATIN);

    private final String text;
    private final int[] ends;

    Hosts(String text) {
        this.text = text;
        this.ends = new int[text.length() + 1];
        int afterDot = 0;
        boolean underscore = false;
        boolean inLabel = false;
        int lastLabel = 0;
        for (int at = text.length() - 1; at >= 0; at--) {
            char c = text.charAt(at);
            if (c == '.') {
                inLabel = at > 0 && LETTERS.get(text.charAt(at - 1));
                underscore = false;
                afterDot = ends[at + 1];
                lastLabel = inLabel ? lastLabel(at + 1) : 0;
            } else if (c == '_') {
                underscore = true;
            } else if (LETTERS.get(c)) {
                // The longest name wins; any label but the last two may have an underscore.
                ends[at] = !inLabel ? 0 : afterDot > 0 ? afterDot : underscore ? 0 : lastLabel;
            } else if (c != '-') {
                inLabel = false;
            }
        }
    }

    private int lastLabel(int from) {
        int end = TopLevelDomains.end(text, from);
        return end > 0 ? end : punycode(from);
    }

    private int punycode(int from) {
        if (!text.regionMatches(true, from, "xn--", 0, 4)) {
            return 0;
        }
        int end = from + 4;
        while (end < text.length() && isPunycode(text.charAt(end))) {
            end++;
        }
        return end > from + 4 ? end : 0;
    }

    private static boolean isPunycode(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-';
    }

    /** Returns where the name that begins at {@code from} ends; 0 if none begins there. */
    int end(int from) {
        return ends[from];
    }

    /** The same after a protocol, where one label of any script may come before the last. */
    int endAfterProtocol(int from) {
        if (ends[from] > 0) {
            return ends[from];
        }
        int dot = from;
        int last = '-';
        while (dot < text.length() && (text.charAt(dot) == '-' || isOfAnyScript(text.codePointAt(dot)))) {
            last = text.codePointAt(dot);
            dot += Character.charCount(last);
        }
        boolean label = dot < text.length() && text.charAt(dot) == '.' && last != '-' && text.charAt(from) != '-';
        return label ? TopLevelDomains.end(text, dot + 1) : 0;
    }

    private static boolean isOfAnyScript(int point) {
        if (point < 0x80) {
            return Character.isLetterOrDigit(point) || point == '\\' || Character.isISOControl(point) && !(point >= '\t' && point <= '\r');
        }
        return !Character.isSpaceChar(point) && !(point >= 0x2000 && point <= 0x206F);
    }
}

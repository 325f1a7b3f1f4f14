package social.coral.content;

import java.util.BitSet;
import java.util.regex.Pattern;

/** Sets of characters, written as in X's library's regular expressions and queried without running them. */
final class CharacterSets {

    static final String ALPHANUMERIC = "a-zA-Z0-9";
    /** Latin letters with accents, and accents. */
    static final String LATIN = "\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0100-\u024f\u0253\u0254\u0256\u0257\u0259\u025b\u0263\u0268\u026f\u0272\u0289"
            + "\u028b\u02bb\u0300-\u036f\u1e00-\u1eff";
    static final String CYRILLIC = "\u0400-\u04ff";

    private static final int BEYOND_ALL = 0x2014;

    private CharacterSets() {}

    static BitSet of(String members) {
        Pattern member = Pattern.compile("[" + members + "]");
        BitSet set = new BitSet(BEYOND_ALL);
        for (char c = 0; c < BEYOND_ALL; c++) {
            set.set(c, member.matcher(String.valueOf(c)).matches());
        }
        return set;
    }
}

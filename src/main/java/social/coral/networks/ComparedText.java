package social.coral.networks;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A post's text prepared for comparisons with any number of others, which may say the same in another way of writing or be cut off. */
public record ComparedText(String text, String unlinked, @Nullable String beginning, boolean hasShortLinks, PostWords words) {

    public static final Pattern SHORT_LINK = Pattern.compile("https?://t\\.co/|pic\\.(?:twitter|x)\\.com/");

    private static final Pattern LINK = Pattern.compile("(?:https?://|pic\\.(?:twitter|x)\\.com/)\\S++");
    private static final Pattern BREAK = Pattern.compile("(?:…|\\.\\.\\.)\\s*+(?:" + LINK + "\\s*+)*+");
    private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}]++");
    private static final Pattern SINGLE_QUOTE = Pattern.compile("[‘’‚‛′`´＇]");
    private static final Pattern DOUBLE_QUOTE = Pattern.compile("[“”„‟″«»＂]");
    private static final int SHORTEST_CUT = 200;
    /** What X allowed until 2017, at which programs cut longer texts since. */
    private static final int OLD_LIMIT = 140;

    /** Tools write line breaks, accents and quotes in ways of their own. */
    public static ComparedText of(String text) {
        String composed = SPACE.matcher(Normalizer.normalize(PostMarkup.unescaped(text), Normalizer.Form.NFC)).replaceAll(" ").strip();
        String plain = DOUBLE_QUOTE.matcher(SINGLE_QUOTE.matcher(composed).replaceAll("'")).replaceAll("\"");
        return new ComparedText(plain, withoutLinks(plain), beforeBreak(plain), SHORT_LINK.matcher(plain).find(), PostWords.of(plain));
    }

    /** Returns what is the same for all texts that say the same, and for few others. */
    public String key() {
        return PostWords.of(unlinked).withoutLinks();
    }

    /** Reports whether it says another thing than the other text, and not the same thing in another way of writing. */
    public boolean differs(ComparedText other) {
        return !saysTheSame(other) && !goesOn(other);
    }

    /** Reports whether only the writing of the two is different. */
    public boolean saysTheSame(ComparedText other) {
        return text.equals(other.text) || (hasShortLinks || other.hasShortLinks) && unlinked.equals(other.unlinked) || words.agreeWith(other.words);
    }

    /** Reports whether one of the two goes on where the other breaks off, or is so long a beginning of it that it must have been cut. */
    public boolean goesOn(ComparedText other) {
        return isGoneOnBy(other) || other.isGoneOnBy(this) || isCutFrom(other) || other.isCutFrom(this)
                || Math.min(text.length(), other.text.length()) >= SHORTEST_CUT && words.beginLike(other.words);
    }

    /** Reports whether it was cut off, and the other text has more of the same. */
    public boolean isCutShortOf(ComparedText more) {
        if (beginning == null) {
            return isCutFrom(more);
        }
        return isGoneOnBy(more) && more.unlinked.length() >= unlinked.length() && (more.beginning == null || more.beginning.length() > beginning.length());
    }

    private boolean isGoneOnBy(ComparedText other) {
        return beginning != null && goesOn(beginning, other.text);
    }

    private boolean isCutFrom(ComparedText other) {
        return (text.length() >= SHORTEST_CUT || text.codePointCount(0, text.length()) == OLD_LIMIT) && text.length() < other.text.length() && other.text.startsWith(text);
    }

    private static String withoutLinks(String text) {
        String plain = LINK.matcher(text).replaceAll("\0");
        int end = plain.length();
        while (end > 0 && (plain.charAt(end - 1) == 0 || Character.isWhitespace(plain.charAt(end - 1)))) {
            end--;
        }
        return plain.substring(0, end);
    }

    /** Reports whether a text goes on where the other, of which this stands before its break, breaks off. Links can be written differently in the two. */
    public static boolean goesOn(String beforeBreak, String whole) {
        return whole.startsWith(beforeBreak) && whole.length() > beforeBreak.length();
    }

    /** Returns what precedes a break, up to the first link; null for a text that does not break off. */
    public static @Nullable String beforeBreak(String text) {
        int dots = Math.max(text.lastIndexOf('…'), text.lastIndexOf("..."));
        if (dots <= 0 || !BREAK.matcher(text).region(dots, text.length()).matches()) {
            return null;
        }
        int link = text.indexOf("http");
        String beginning = text.substring(0, link < 0 ? dots : Math.min(link, dots)).strip();
        return beginning.isEmpty() ? null : beginning;
    }
}

package social.coral.content;

import com.twitter.twittertext.TwitterTextParser;
import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/** The words of a post, counted as X counts them. */
public final class PostText {

    /** The longest that a post can be, in X's weighted characters. */
    public static final int LONGEST = 280;

    // Only long links make a post that X takes longer than this, and no sensible ones; refused before it is counted.
    private static final int MOST_CHARACTERS = 5_000;

    // Looking for links takes twitter-text minutes in a long chain of labels (a.a.a. and so on). No host has as many.
    private static final Pattern CHAIN = Pattern.compile("(?:[^\\s./]++\\.){17,}+");
    private static final Pattern HOST = Pattern.compile("\\P{Alnum}{0,4}https?://[^\\s/?#]{1,253}[/?#]", Pattern.CASE_INSENSITIVE);
    private static final Pattern TOKEN = Pattern.compile("\\S++");

    private PostText() {}

    /** How long X says that it is: a link counts 23, an emoji 2, most non-Latin characters 2. */
    public static int weightedLength(String text) {
        return text.length() > MOST_CHARACTERS
                ? text.codePointCount(0, text.length())
                : TwitterTextParser.parseTweet(TOKEN.matcher(text).replaceAll(token -> Matcher.quoteReplacement(unchained(token.group())))).weightedLength;
    }

    /**
     * The text, letter for letter in its place, as links, mentions and tags may be looked for in it: a chain of labels, which
     * is no link but would take minutes, no longer reads as one.
     */
    public static String searchable(String text) {
        return TOKEN.matcher(text)
                .replaceAll(token -> Matcher.quoteReplacement(
                        CHAIN.matcher(token.group()).find() ? token.group().replace('.', '!') : token.group()));
    }

    /** The same weight without a chain of labels: in the path of a link its length does not matter, elsewhere it is no link. */
    private static String unchained(String token) {
        Matcher host = HOST.matcher(token);
        if (host.lookingAt() && !CHAIN.matcher(host.group()).find()) {
            return host.group() + CHAIN.matcher(token.substring(host.end())).replaceAll("a.");
        }
        return CHAIN.matcher(token).find() ? token.replace('.', '!') : token;
    }

    /** The text as it is kept (NFC, lines ended by a line feed), if it can be a post; otherwise a failure that names the field. */
    public static String checked(String field, @Nullable String typed) {
        if (typed == null || typed.isBlank()) {
            throw Failure.invalid(field, "is needed and cannot be blank");
        }
        if (typed.length() > MOST_CHARACTERS) {
            throw Failure.invalid(field, "is far too long: " + typed.length() + " characters, and a post has at most " + LONGEST);
        }
        typed.codePoints().filter(PostText::isForbidden).findFirst().ifPresent(point -> {
            throw Failure.invalid(field, "holds a character that X does not take (U+%04X)".formatted(point));
        });
        String text = Normalizer.normalize(typed.replace("\r\n", "\n"), Normalizer.Form.NFC);
        int length = weightedLength(text);
        if (length > LONGEST) {
            throw Failure.invalid(field, "is " + length + " characters long as X counts, " + (length - LONGEST) + " more than the " + LONGEST + " that a post can have");
        }
        return text;
    }

    private static boolean isForbidden(int point) {
        boolean control = Character.getType(point) == Character.CONTROL && point != '\n' && point != '\r' && point != '\t';
        boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        return control || half || point == 0xFEFF || (point & 0xFFFE) == 0xFFFE;
    }
}

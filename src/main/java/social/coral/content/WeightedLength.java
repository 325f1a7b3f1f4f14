package social.coral.content;

import com.twitter.twittertext.Extractor.Entity;
import com.twitter.twittertext.TwitterTextConfiguration.TwitterTextWeightedRange;
import com.twitter.twittertext.TwitterTextConfiguration;
import com.twitter.twittertext.TwitterTextEmojiRegex;
import com.twitter.twittertext.TwitterTextParser;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/**
 * Measures a text as X does. Weights, emoji and links are those of X's library; looking for emoji only where one may begin
 * makes it ten times as fast, and {@link Links} makes it linear.
 */
final class WeightedLength {

    private static final TwitterTextConfiguration RULES = TwitterTextParser.TWITTER_TEXT_DEFAULT_CONFIG;

    // The weights of the characters with which an emoji can begin, when nothing follows that could belong to it.
    private static final Map<Integer, Integer> ALONE = new ConcurrentHashMap<>();

    private record Pair(int first, int second) {}

    // The length of an emoji made of a character and its selector or skin tone, when nothing else could belong to it; 0 if it is none.
    private static final Map<Pair, Integer> PAIRS = new ConcurrentHashMap<>();

    private WeightedLength() {}

    static int of(String written) {
        String text = written.trim().isEmpty() ? "" : ComposedText.of(written);
        Iterator<Entity> links = Links.in(text).iterator();
        Entity link = links.hasNext() ? links.next() : null;
        Matcher emoji = TwitterTextEmojiRegex.VALID_EMOJI_PATTERN.matcher(text);
        long weight = 0;
        for (int at = 0; at < text.length();) {
            if (link != null && link.getStart() == at) {
                weight += (long) RULES.getTransformedURLLength() * RULES.getScale();
                at = link.getEnd();
                link = links.hasNext() ? links.next() : null;
                continue;
            }
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            if (mayBeginEmoji(text, at, point)) {
                if (next == text.length() || !mayContinueEmoji(text.codePointAt(next))) {
                    weight += ALONE.computeIfAbsent(point, WeightedLength::weightAlone);
                    at = next;
                    continue;
                }
                int end = emojiEnd(text, at, emoji);
                if (end > at) {
                    weight += RULES.getDefaultWeight();
                    at = end;
                    continue;
                }
            }
            weight += weight(point);
            at = next;
        }
        return (int) (weight / RULES.getScale());
    }

    /** Returns the end of the emoji that begins here; this index if there is none. */
    private static int emojiEnd(String text, int at, Matcher emoji) {
        int first = text.codePointAt(at);
        int second = text.codePointAt(at + Character.charCount(first));
        int end = at + Character.charCount(first) + Character.charCount(second);
        if (isSelectorOrTone(second) && (end == text.length() || !mayContinueEmoji(text.codePointAt(end)))) {
            return at + PAIRS.computeIfAbsent(new Pair(first, second), WeightedLength::lengthOfEmoji);
        }
        return emoji.region(at, text.length()).lookingAt() ? emoji.end() : at;
    }

    private static int lengthOfEmoji(Pair pair) {
        Matcher alone = TwitterTextEmojiRegex.VALID_EMOJI_PATTERN.matcher(Character.toString(pair.first()) + Character.toString(pair.second()));
        return alone.lookingAt() ? alone.end() : 0;
    }

    private static boolean isSelectorOrTone(int point) {
        return point == 0xFE0E || point == 0xFE0F || isTone(point);
    }

    private static boolean isTone(int point) {
        return point >= 0x1F3FB && point <= 0x1F3FF;
    }

    private static int weightAlone(int point) {
        boolean isEmoji = TwitterTextEmojiRegex.VALID_EMOJI_PATTERN.matcher(Character.toString(point)).matches();
        return isEmoji ? RULES.getDefaultWeight() : weight(point);
    }

    private static int weight(int point) {
        List<TwitterTextWeightedRange> ranges = RULES.getRanges();
        for (TwitterTextWeightedRange range : ranges) {
            if (range.getRange().isInRange(point)) {
                return range.getWeight();
            }
        }
        return RULES.getDefaultWeight();
    }

    /** Reports whether this can be an emoji's second character: a joiner, a selector, a keycap, a skin tone or a flag's letter. */
    private static boolean mayContinueEmoji(int point) {
        return point == 0x200D || point == 0x20E3 || point == 0xFE0E || point == 0xFE0F
                || isTone(point) || point >= 0x1F1E6 && point <= 0x1F1FF || point >= 0xE0020 && point <= 0xE007F;
    }

    /** Reports whether an emoji in the library's list begins like this. */
    private static boolean mayBeginEmoji(String text, int at, int point) {
        if (point < 0x80) {
            boolean key = point >= '0' && point <= '9' || point == '#' || point == '*';
            return key && at + 1 < text.length() && text.charAt(at + 1) >= 0x20E3;
        }
        return point == 0xA9 || point == 0xAE
                || point >= 0x203C && point <= 0x2B55
                || point == 0x3030 || point == 0x303D || point == 0x3297 || point == 0x3299
                || point == 0xE50A || point == 0xFE0F || point >= 0x1F004 && point <= 0x1FAFF;
    }
}

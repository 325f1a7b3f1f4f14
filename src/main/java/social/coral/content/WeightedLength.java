package social.coral.content;

import com.twitter.twittertext.Extractor.Entity;
import com.twitter.twittertext.TwitterTextConfiguration;
import com.twitter.twittertext.TwitterTextConfiguration.TwitterTextWeightedRange;
import com.twitter.twittertext.TwitterTextEmojiRegex;
import com.twitter.twittertext.TwitterTextParser;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/**
 * How long X says that a text is. The weights, the list of emoji and what is a link are those of X's library; looking for
 * emoji only where one may begin makes it ten times as fast, and {@link Links} makes it linear.
 */
final class WeightedLength {

    private static final TwitterTextConfiguration RULES = TwitterTextParser.TWITTER_TEXT_DEFAULT_CONFIG;

    // What weighs a character that may be an emoji where none follows that could belong to it; as many as the library's list can begin with.
    private static final Map<Integer, Integer> ALONE = new ConcurrentHashMap<>();

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
                if (emoji.region(at, text.length()).lookingAt()) {
                    weight += RULES.getDefaultWeight();
                    at = emoji.end();
                    continue;
                }
            }
            weight += weight(point);
            at = next;
        }
        return (int) (weight / RULES.getScale());
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

    /** Whether an emoji of several characters may have this one as its second: a joiner, a selector, a keycap, a tone of skin, a flag's letter. */
    private static boolean mayContinueEmoji(int point) {
        return point == 0x200D || point == 0x20E3 || point == 0xFE0E || point == 0xFE0F
                || point >= 0x1F3FB && point <= 0x1F3FF || point >= 0x1F1E6 && point <= 0x1F1FF || point >= 0xE0020 && point <= 0xE007F;
    }

    /** Whether the library's list of emoji has one that begins so. */
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

package social.coral.content;

import com.twitter.twittertext.Extractor.Entity;
import com.twitter.twittertext.Regex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The links, mentions and tags of a post: what X's library finds, in time that grows with the text and no faster. */
public final class PostEntities {

    // A character of two units and "RT:".
    private static final int LONGEST_BEFORE_A_MENTION = 5;

    private PostEntities() {}

    /** In their order; where two overlap, the one that begins first. */
    public static List<Entity> in(String text) {
        List<Entity> all = new ArrayList<>(Links.in(text));
        all.addAll(hashtags(text));
        all.addAll(mentions(text));
        all.addAll(cashtags(text));
        all.sort(Comparator.comparing(Entity::getStart));
        List<Entity> apart = new ArrayList<>();
        for (Entity entity : all) {
            if (apart.isEmpty() || apart.getLast().getEnd() <= entity.getStart()) {
                apart.add(entity);
            }
        }
        return apart;
    }

    /** Asked only where a mark stands, because the set of all letters that a tag may have is long. */
    private static List<Entity> hashtags(String text) {
        List<Entity> found = new ArrayList<>();
        Matcher matcher = Regex.VALID_HASHTAG.matcher(text).useAnchoringBounds(false);
        int read = 0;
        for (int mark = nextMark(text, 0); mark < text.length(); mark = nextMark(text, Math.max(mark + 1, read))) {
            int before = mark == 0 ? 0 : text.offsetByCodePoints(mark, -1);
            if (before >= read && mayBeginTag(text, mark + 1) && matcher.region(before, text.length()).lookingAt()) {
                read = matcher.end();
                if (!isFollowedBy(Regex.INVALID_HASHTAG_MATCH_END, matcher, text)) {
                    found.add(new Entity(matcher, Entity.Type.HASHTAG, Regex.VALID_HASHTAG_GROUP_TAG));
                }
            }
        }
        return found;
    }

    /** No tag begins with a space, an emoji or a mark of ASCII but the underscore. */
    private static boolean mayBeginTag(String text, int at) {
        if (at == text.length()) {
            return false;
        }
        int point = text.codePointAt(at);
        int type = Character.getType(point);
        return point < 0x80 ? Character.isLetterOrDigit(point) || point == '_' : type != Character.OTHER_SYMBOL && type != Character.SPACE_SEPARATOR;
    }

    private static int nextMark(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '#' && text.charAt(at) != '\uff03') {
            at++;
        }
        return at;
    }

    /** Asked only where a run of marks begins, and of the few characters before it that the library's expression may take. */
    private static List<Entity> mentions(String text) {
        List<Entity> found = new ArrayList<>();
        Matcher matcher = Regex.VALID_MENTION_OR_LIST.matcher(text).useAnchoringBounds(false);
        int read = 0;
        for (int mark = nextAtSign(text, 0); mark < text.length(); mark = nextAtSign(text, mark)) {
            int start = Math.max(read, mark - LONGEST_BEFORE_A_MENTION);
            while (start <= mark && !(beginsCharacter(text, start) && matcher.region(start, text.length()).lookingAt())) {
                start++;
            }
            if (start <= mark) {
                read = matcher.end();
                if (!isFollowedBy(Regex.INVALID_MENTION_MATCH_END, matcher, text)) {
                    String list = matcher.group(Regex.VALID_MENTION_OR_LIST_GROUP_LIST);
                    int name = Regex.VALID_MENTION_OR_LIST_GROUP_USERNAME;
                    found.add(new Entity(matcher.start(name) - 1, matcher.end(), matcher.group(name), list, Entity.Type.MENTION));
                }
            }
            while (mark < text.length() && isAtSign(text.charAt(mark))) {
                mark++;
            }
        }
        return found;
    }

    private static int nextAtSign(String text, int from) {
        int at = from;
        while (at < text.length() && !isAtSign(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isAtSign(char c) {
        return c == '@' || c == '\uff20';
    }

    private static boolean beginsCharacter(String text, int at) {
        return at == 0 || !Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    private static List<Entity> cashtags(String text) {
        List<Entity> found = new ArrayList<>();
        if (text.indexOf('$') < 0) {
            return found;
        }
        Matcher matcher = Regex.VALID_CASHTAG.matcher(text);
        while (matcher.find()) {
            found.add(new Entity(matcher, Entity.Type.CASHTAG, Regex.VALID_CASHTAG_GROUP_CASHTAG));
        }
        return found;
    }

    /** The library cuts off the rest of the text and looks for this in all of it, which takes the square of the length. */
    private static boolean isFollowedBy(Pattern beginning, Matcher found, String text) {
        return beginning.matcher(text).region(found.end(), text.length()).lookingAt();
    }
}

package social.coral.content;

import com.twitter.twittertext.Extractor.Entity;
import com.twitter.twittertext.Regex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the links, mentions and hashtags of a post, exactly as X's library does, in linear time. */
public final class PostEntities {

    // A surrogate pair and "RT:".
    private static final int MAX_BEFORE_MENTION = 5;

    private PostEntities() {}

    /** Returns them in order; of two that overlap, the one that begins first. */
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

    /** A hashtag is the run of tag characters after a mark, if it has a letter and no tag character precedes the mark. */
    private static List<Entity> hashtags(String text) {
        List<Entity> found = new ArrayList<>();
        int read = 0;
        for (int mark = nextMark(text, 0); mark < text.length(); mark = nextMark(text, Math.max(mark + 1, read))) {
            int end = mayFollow(text, mark, read) ? tagEnd(text, mark + 1) : 0;
            if (end > 0) {
                read = end;
                if (!(text.startsWith("://", end) || end < text.length() && isMark(text.charAt(end)))) {
                    found.add(new Entity(mark, end, text.substring(mark + 1, end), Entity.Type.HASHTAG));
                }
            }
        }
        return found;
    }

    /** Reports whether a tag can begin at this mark, given the preceding characters, which must not belong to an earlier match. */
    private static boolean mayFollow(String text, int mark, int read) {
        if (mark == 0) {
            return true;
        }
        int before = text.codePointBefore(mark);
        return mark - Character.charCount(before) >= read
                && (isSelector(before) || before != '&' && !TagLetters.isPart(before));
    }

    /** Returns 0 if there is no tag. */
    private static int tagEnd(String text, int start) {
        if (start < text.length() && (text.charAt(start) == 0xFE0F || text.charAt(start) == 0x20E3)) {
            return 0;
        }
        boolean hasLetter = false;
        int end = start;
        while (end < text.length() && TagLetters.isPart(text.codePointAt(end))) {
            hasLetter |= TagLetters.isLetter(text.codePointAt(end));
            end += Character.charCount(text.codePointAt(end));
        }
        return hasLetter ? end : 0;
    }

    private static boolean isSelector(int point) {
        return point == 0xFE0E || point == 0xFE0F;
    }

    private static boolean isMark(char c) {
        return c == '#' || c == '\uff03';
    }

    private static int nextMark(String text, int from) {
        int at = from;
        while (at < text.length() && !isMark(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Called only at the start of a run of marks, for the few characters before it that the library's expression can consume. */
    private static List<Entity> mentions(String text) {
        List<Entity> found = new ArrayList<>();
        Matcher matcher = Regex.VALID_MENTION_OR_LIST.matcher(text).useAnchoringBounds(false);
        int read = 0;
        for (int mark = nextAtSign(text, 0); mark < text.length(); mark = nextAtSign(text, mark)) {
            int start = Math.max(read, mark - MAX_BEFORE_MENTION);
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

    /** The library searches the whole rest of the text for this, which takes quadratic time. */
    private static boolean isFollowedBy(Pattern beginning, Matcher found, String text) {
        return beginning.matcher(text).region(found.end(), text.length()).lookingAt();
    }
}

package social.coral.content;

import com.twitter.twittertext.Extractor.Entity;
import com.twitter.twittertext.Extractor;
import com.twitter.twittertext.Regex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the links of a post, exactly as X's library does. That library's regular expression backtracks over each label of a
 * host, which takes minutes for some texts; this reads each character a few times.
 */
final class Links {

    private static final BitSet PATH = CharacterSets.of(
            CharacterSets.ALPHANUMERIC + CharacterSets.LATIN + CharacterSets.CYRILLIC + "!*';:=+,.$/%#\\[\\]\\-\u2013_~|&@");
    private static final BitSet PATH_END = CharacterSets.of(CharacterSets.ALPHANUMERIC + CharacterSets.LATIN + CharacterSets.CYRILLIC + "=_#/\\-+");
    private static final BitSet QUERY = CharacterSets.of(CharacterSets.ALPHANUMERIC + "!?*'();:&=+$/%#\\[\\]\\-_.,~|@");
    private static final BitSet QUERY_END = CharacterSets.of(CharacterSets.ALPHANUMERIC + "\\-_&=#/");
    private static final String NEVER_BEFORE = "@\uff20$#\uff03\ufffe\ufeff\uffff";
    private static final String NEVER_BEFORE_A_BARE_HOST = "-_./";

    // A host's label has at most 63 characters, and checking one takes quadratic time.
    private static final Pattern ENDLESS_LABEL = Pattern.compile("[^.\u3002\uff0e\uff61]{256}");

    private final String text;
    private final Hosts hosts;
    private final List<Entity> found = new ArrayList<>();

    private Links(String text) {
        this.text = text;
        this.hosts = new Hosts(text);
    }

    static List<Entity> in(String text) {
        return text.indexOf('.') < 0 ? List.of() : new Links(text).all();
    }

    private List<Entity> all() {
        // The first character may precede a link or begin it; the library tries them in this order.
        int second = text.offsetByCodePoints(0, 1);
        int end = mayFollow(second) ? take(second) : 0;
        for (int at = end > 0 ? end : Math.max(take(0), 0); ++at < text.length();) {
            if (mayFollow(at)) {
                at = Math.max(at, take(at));
            }
        }
        return found;
    }

    private boolean mayFollow(int at) {
        char before = text.charAt(at - 1);
        return !(before < 0x80 && Character.isLetterOrDigit(before)) && NEVER_BEFORE.indexOf(before) < 0;
    }

    /** Takes the link at {@code start}, if there is one. Returns the end of what looked like a link; 0 if nothing did. */
    private int take(int start) {
        int host = afterProtocol(start);
        int hostEnd = host > start || followsProtocol(start) ? hosts.endAfterProtocol(host) : hosts.end(host);
        if (hostEnd == 0) {
            return 0;
        }
        int end = query(path(port(hostEnd)));
        boolean bare = host == start;
        if (!bare || start == 0 || NEVER_BEFORE_A_BARE_HOST.indexOf(text.charAt(start - 1)) < 0) {
            add(start, end, bare, text.substring(host, hostEnd));
        }
        return end;
    }

    private void add(int start, int end, boolean bare, String host) {
        String url = text.substring(start, end);
        Matcher shortened = Regex.VALID_TCO_URL.matcher(url);
        if (shortened.lookingAt()) {
            if (shortened.group(1).length() > Extractor.MAX_TCO_SLUG_LENGTH) {
                return;
            }
            url = shortened.group();
        }
        if (isHost(url.length(), bare, host)) {
            found.add(new Entity(start, start + url.length(), url, Entity.Type.URL));
        }
    }

    private static boolean isHost(int length, boolean bare, String host) {
        try {
            return !ENDLESS_LABEL.matcher(host).find() && Extractor.isValidHostAndLength(length, bare ? null : "https://", host);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private int afterProtocol(int at) {
        if (!text.regionMatches(true, at, "http", 0, 4)) {
            return at;
        }
        int colon = at + 4 < text.length() && (text.charAt(at + 4) == 's' || text.charAt(at + 4) == 'S') ? at + 5 : at + 4;
        return text.startsWith("://", colon) ? colon + 3 : at;
    }

    private boolean followsProtocol(int at) {
        return at >= 7 && afterProtocol(at - 7) == at || at >= 8 && afterProtocol(at - 8) == at;
    }

    private int port(int at) {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return is(':', at) && end > at + 1 ? end : at;
    }

    /** Runs of path characters with balanced brackets between them, up to a character that may end a path. */
    private int path(int at) {
        if (!is('/', at)) {
            return at;
        }
        int end = at + 1;
        for (int from = end; from > 0;) {
            int run = run(PATH, from);
            end = Math.max(end, last(PATH_END, from, run));
            from = brackets(run);
        }
        for (int more = brackets(end); more > 0; more = brackets(end)) {
            end = more;
        }
        return end;
    }

    /** Returns the end of {@code (…)} or {@code (…(…)…)}; 0 if there is neither. */
    private int brackets(int at) {
        if (!is('(', at)) {
            return 0;
        }
        int inside = run(PATH, at + 1);
        if (is(')', inside)) {
            return inside > at + 1 ? inside + 1 : 0;
        }
        int deeper = is('(', inside) ? run(PATH, inside + 1) : 0;
        if (deeper <= inside + 1 || !is(')', deeper)) {
            return 0;
        }
        int end = run(PATH, deeper + 1);
        return is(')', end) ? end + 1 : 0;
    }

    private int query(int at) {
        return is('?', at) ? Math.max(at, last(QUERY_END, at + 1, run(QUERY, at + 1))) : at;
    }

    private boolean is(char wanted, int at) {
        return at < text.length() && text.charAt(at) == wanted;
    }

    private int run(BitSet of, int from) {
        int end = from;
        while (end < text.length() && of.get(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Returns the index after the last of these characters; 0 if there is none. */
    private int last(BitSet of, int from, int to) {
        int end = to;
        while (end > from && !of.get(text.charAt(end - 1))) {
            end--;
        }
        return end > from ? end : 0;
    }
}

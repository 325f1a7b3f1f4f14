package social.coral.content;

import com.twitter.twittertext.TldLists;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The top-level domains that X recognizes, as its library lists them. */
final class TopLevelDomains {

    private static final Map<String, Integer> RANKS = ranks();
    private static final int MAX_LENGTH = RANKS.keySet().stream().mapToInt(String::length).max().orElseThrow();

    private TopLevelDomains() {}

    /** If one is listed in several spellings, the first counts. */
    private static Map<String, Integer> ranks() {
        Map<String, Integer> ranks = new HashMap<>();
        Stream.concat(TldLists.GTLDS.stream(), TldLists.CTLDS.stream()).forEach(name -> ranks.putIfAbsent(name, ranks.size()));
        return ranks;
    }

    /** Returns where the one that begins at {@code from} ends; 0 if none begins there. */
    static int end(CharSequence text, int from) {
        int best = Integer.MAX_VALUE;
        int end = 0;
        StringBuilder name = new StringBuilder();
        for (int at = from; at < text.length() && name.length() < MAX_LENGTH; at++) {
            char c = lower(text.charAt(at));
            if (c < 0x80 && (c < 'a' || c > 'z')) {
                break;
            }
            name.append(c);
            if (at + 1 == text.length() || endsName(text.charAt(at + 1))) {
                int rank = RANKS.getOrDefault(name.toString(), Integer.MAX_VALUE);
                if (rank < best) {
                    best = rank;
                    end = at + 1;
                }
            }
        }
        return end;
    }

    private static boolean endsName(char c) {
        return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '@' || c == '+' || c == '-');
    }

    /** Lowers ASCII letters only; the library's expressions are case-sensitive for others. */
    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }
}

package social.coral.content;

import com.twitter.twittertext.TldLists;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The last labels that X takes for a host's, as its library lists them. */
final class TopLevelDomains {

    private static final Map<String, Integer> RANKS = ranks();
    private static final int LONGEST = RANKS.keySet().stream().mapToInt(String::length).max().orElseThrow();

    private TopLevelDomains() {}

    /** Where one is written in several ways, the first in the lists counts. */
    private static Map<String, Integer> ranks() {
        Map<String, Integer> ranks = new HashMap<>();
        Stream.concat(TldLists.GTLDS.stream(), TldLists.CTLDS.stream()).forEach(name -> ranks.putIfAbsent(name, ranks.size()));
        return ranks;
    }

    /** Where the one that begins at {@code from} ends; 0 when none does. */
    static int end(CharSequence text, int from) {
        int best = Integer.MAX_VALUE;
        int end = 0;
        StringBuilder name = new StringBuilder();
        for (int at = from; at < text.length() && name.length() < LONGEST; at++) {
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

    /** Only of what is ASCII; the library's expressions leave the case of other letters alone. */
    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c;
    }
}

package social.coral.web.accounts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.coral.api.Failure;

/** Reads the handles in what a person typed or pasted: names with or without @, or links to profiles. */
final class HandleList {

    static final int MOST = 100;

    private static final Pattern BETWEEN = Pattern.compile("[\\s,;]+");
    private static final Pattern ADDRESS = Pattern.compile("(?i)^(https?://)?(www\\.|mobile\\.|m\\.)?(x|twitter)\\.com(/@?([^/?#]*).*)?");

    /** First parts of the addresses on X that are pages of X itself. */
    private static final Set<String> PAGES_OF_X = Set.of("", "about", "account", "bookmarks", "communities", "compose", "download", "explore", "hashtag",
            "help", "home", "i", "intent", "jobs", "lists", "login", "logout", "messages", "notifications", "oauth", "privacy", "search", "settings",
            "share", "signup", "tos", "who_to_follow");

    private HandleList() {}

    /**
     * A line as it was typed, with the handles in it. Between them are commas, semicolons or spaces, so that a name with a
     * space in it is two handles; what is no handle therefore puts the whole line in doubt.
     */
    record Line(String typed, List<String> handles) {}

    /** Returns each handle once, in the line where it comes first. */
    static List<Line> read(String typed) {
        Set<String> seen = new LinkedHashSet<>();
        List<Line> lines = new ArrayList<>();
        typed.lines().forEach(line -> {
            List<String> handles = Arrays.stream(BETWEEN.split(line))
                    .filter(part -> !part.isEmpty())
                    .map(HandleList::handle)
                    .filter(seen::add)
                    .toList();
            if (!handles.isEmpty()) {
                lines.add(new Line(line.strip(), handles));
            }
        });
        if (seen.isEmpty()) {
            throw Failure.invalid("handles", "Enter at least one handle.");
        }
        if (seen.size() > MOST) {
            throw Failure.invalid("handles", "You entered " + seen.size() + " handles. Add at most " + MOST + " at a time.");
        }
        return lines;
    }

    /** The name in an address of a profile or of a post; anything else as it was typed. */
    private static String handle(String part) {
        Matcher address = ADDRESS.matcher(part);
        return address.matches() && !isPageOfX(address) ? String.valueOf(address.group(5)) : part;
    }

    /** Reports whether this is an address on X that leads to no account, such as that of a list or a search. */
    static boolean isOtherPage(String part) {
        Matcher address = ADDRESS.matcher(part);
        return address.matches() && isPageOfX(address);
    }

    private static boolean isPageOfX(Matcher address) {
        return address.group(5) == null || PAGES_OF_X.contains(address.group(5).toLowerCase(Locale.ROOT));
    }
}

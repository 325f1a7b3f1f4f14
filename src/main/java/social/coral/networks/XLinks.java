package social.coral.networks;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses on X, under its present and its old name and on the mirrors that people share: of profiles, of posts, and of X's own pages. */
public final class XLinks {

    /** Longer than any link to a profile or a post. Longer text is not looked at, because patterns take their time over it. */
    private static final int MAX_LENGTH = 300;
    /** No browser takes a longer one. */
    private static final int LONGEST = 2_000;
    private static final Pattern ON_X = Pattern.compile("(?i)(?:https?://)?(?:(?:www|mobile|m)\\.)?(?:(?:x|twitter|fxtwitter|vxtwitter|fixupx|fixvx|xcancel)\\.com|nitter\\.[a-z0-9.-]{2,60})(?::\\d+)?(?:[/?#](.*))?");
    private static final Pattern PROFILE = Pattern.compile("@?([^/?#]+)(?:/(?:(?i:with_replies|media|likes|highlights|articles|followers|following"
            + "|verified_followers|photo|header_photo|lists|(?:status|statuses|article)/\\d+(?:/.*)?)/?)?)?(?:[?#].*)?");
    private static final Pattern POST = Pattern.compile("(?:i/web|@?[^/?#]+)/(?:status|statuses)/(\\d{1,20})(?:[/?#].*)?");
    private static final Pattern PICTURE = Pattern.compile("@?[^/?#]+/status/(\\d{1,20})/(?:photo|video)/\\d{1,3}");

    /** First parts of the addresses of X's own pages, which are nobody's names. */
    private static final Set<String> PAGES_OF_X = Set.of("about", "account", "bookmarks", "communities", "compose", "connect_people", "download", "explore",
            "follower_requests", "hashtag", "help", "home", "i", "intent", "jobs", "lists", "login", "logout", "messages", "notifications", "oauth", "premium",
            "premium_sign_up", "privacy", "search", "settings", "share", "signup", "tos", "who_to_follow");

    private XLinks() {}

    /** Reports whether a text has this link. One that is longer than any is not looked for, which could take long. */
    public static boolean isIn(String text, String link) {
        return link.length() <= LONGEST && text.contains(link.strip());
    }

    /** Reports whether an address is one on X. */
    public static boolean isOnX(String link) {
        return link.length() <= MAX_LENGTH && ON_X.matcher(link).matches();
    }

    /** Reports whether a name is that of one of X's own pages. */
    public static boolean isPage(String name) {
        return PAGES_OF_X.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Returns whose profile or post a link leads to; null if it leads to neither. */
    public static @Nullable String username(@Nullable String link) {
        String name = part(link, PROFILE);
        return name == null || isPage(name) ? null : name;
    }

    /** Returns the id of the post that a link leads to; null if it leads to none. */
    public static @Nullable String post(@Nullable String link) {
        return part(link, POST);
    }

    /** Returns the id of the post whose picture or video a link leads to; null if it leads to none. */
    static @Nullable String postOfPicture(String link) {
        return part(link, PICTURE);
    }

    private static @Nullable String part(@Nullable String link, Pattern path) {
        Matcher onX = ON_X.matcher(link == null || link.length() > MAX_LENGTH ? "" : link);
        Matcher found = path.matcher(onX.matches() && onX.group(1) != null ? onX.group(1) : "");
        return found.matches() ? found.group(1) : null;
    }
}

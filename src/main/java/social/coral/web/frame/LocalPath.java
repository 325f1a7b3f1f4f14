package social.coral.web.frame;

import org.jspecify.annotations.Nullable;

/** Where to go after signing in. Only a path of this site: an address of another one, in whatever disguise, is ignored. */
public final class LocalPath {

    private static final int LONGEST = 1000;

    private LocalPath() {}

    /** The wanted path if it is one of a page here, or another. */
    public static String or(@Nullable String wanted, String another) {
        return wanted != null && isPage(wanted) ? wanted : another;
    }

    /** Whether this is a path of a page here. A browser reads a backslash as a slash and drops tabs and line ends, so neither may stand in the path. */
    public static boolean isPage(String path) {
        return path.length() <= LONGEST
                && path.startsWith("/")
                && !path.split("\\?", 2)[0].contains("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')
                && !path.startsWith("/auth/")
                && !path.startsWith("/api/");
    }
}

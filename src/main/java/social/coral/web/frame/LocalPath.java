package social.coral.web.frame;

import org.jspecify.annotations.Nullable;

/** A page to return to, taken from a request. An address of another site, in whatever disguise, is ignored. */
public final class LocalPath {

    private static final int MAX_LENGTH = 1000;

    private LocalPath() {}

    /** Returns the wanted path if it is one of a page here, or another. */
    public static String or(@Nullable String wanted, String another) {
        return wanted != null && isPage(wanted) ? wanted : another;
    }

    /** Reports whether this is a path of a page here. Browsers read a backslash as a slash and drop tabs and line ends, so a path has neither. */
    public static boolean isPage(String path) {
        return path.length() <= MAX_LENGTH
                && path.startsWith("/")
                && !path.split("\\?", 2)[0].contains("//")
                && path.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')
                && !path.startsWith("/auth/")
                && !path.startsWith("/api/");
    }
}

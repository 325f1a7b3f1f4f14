package social.coral.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** The methods by which nobody asks for a change (RFC 9110, 9.2.1). */
public final class SafeMethods {

    private static final Set<String> ALL = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private SafeMethods() {}

    /** Whether the request only looks. */
    public static boolean has(HttpServletRequest request) {
        return ALL.contains(request.getMethod());
    }
}

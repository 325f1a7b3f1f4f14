package social.coral.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** The HTTP methods that change nothing (RFC 9110, 9.2.1). */
public final class SafeMethods {

    private static final Set<String> ALL = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private SafeMethods() {}

    public static boolean includes(HttpServletRequest request) {
        return ALL.contains(request.getMethod());
    }
}

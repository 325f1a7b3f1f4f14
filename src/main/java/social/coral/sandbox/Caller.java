package social.coral.sandbox;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The caller, identified by the token alone: {@code sandbox-…} reads, {@code sandbox-user-HANDLE…} acts as that handle, and a
 * token from an authorization contains the second at which it expires.
 *
 * @param handle the account that the caller acts as, or null for a read-only app
 */
record Caller(String token, @Nullable String handle) {

    private static final Pattern BEARER = Pattern.compile("(?i)bearer\\s+(sandbox-[\\x21-\\x7e]{1,200})");
    private static final Pattern USER = Pattern.compile("sandbox-user-([A-Za-z0-9_]{1,15})(?:[.-](?:([0-9]{10})\\.)?.*)?");

    static Caller of(Request request, Instant now) {
        String authorization = request.header("authorization");
        Matcher bearer = BEARER.matcher(authorization == null ? "" : authorization.strip());
        if (!bearer.matches()) {
            throw Refusal.unauthorized();
        }
        return of(bearer.group(1), now);
    }

    static Caller of(String token, Instant now) {
        if (token.startsWith("sandbox-expired-")) {
            throw Refusal.unauthorized();
        }
        if (!token.startsWith("sandbox-user-")) {
            return new Caller(token, null);
        }
        Matcher user = USER.matcher(token);
        if (!user.matches() || user.group(2) != null && Long.parseLong(user.group(2)) <= now.getEpochSecond()) {
            throw Refusal.unauthorized();
        }
        return new Caller(token, user.group(1));
    }

    /** Returns the handle, for calls that need user context. */
    String person() {
        if (handle == null) {
            throw Refusal.userContextNeeded();
        }
        return handle;
    }
}

package social.coral.identity;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Authenticates calls of the wire protocol. Checks the session each time, so that signing out takes effect at once. */
@Component
class WireBearer {

    private final AccessTokens tokens;
    private final Sessions sessions;
    private final People people;

    WireBearer(AccessTokens tokens, Sessions sessions, People people) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.people = people;
    }

    SignedInPerson person(@Nullable String authorization) {
        if (authorization == null || !authorization.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            throw new WireRefusal(HttpStatus.UNAUTHORIZED, "no_authorization", "This endpoint requires a valid Bearer token");
        }
        AccessTokens.Claimed claimed = tokens.verify(authorization.substring("bearer ".length()).strip())
                .orElseThrow(() -> new WireRefusal(HttpStatus.FORBIDDEN, "bad_jwt", "invalid JWT: unable to parse or verify signature"));
        return sessions.findActive(claimed.sessionId(), claimed.personId()).orElseThrow(() -> people.find(claimed.personId()).isEmpty()
                ? personGone()
                : new WireRefusal(HttpStatus.FORBIDDEN, "session_not_found", "Session from session_id claim in JWT does not exist"));
    }

    static WireRefusal personGone() {
        return new WireRefusal(HttpStatus.FORBIDDEN, "user_not_found", "User from sub claim in JWT does not exist");
    }
}

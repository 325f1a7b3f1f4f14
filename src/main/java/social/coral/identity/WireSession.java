package social.coral.identity;

import java.time.Instant;

/** A session in the wire protocol's form. */
record WireSession(String accessToken, String tokenType, long expiresIn, long expiresAt, String refreshToken, WireUser user) {

    static WireSession of(AccessTokens.Issued access, String refreshToken, Person person) {
        long ends = access.expiresAt().getEpochSecond();
        return new WireSession(
                access.token(), "bearer", ends - Instant.now().getEpochSecond(), ends, refreshToken, WireUser.of(person));
    }

    /** Leaves out the tokens. */
    @Override
    public String toString() {
        return "WireSession of " + user.id();
    }
}

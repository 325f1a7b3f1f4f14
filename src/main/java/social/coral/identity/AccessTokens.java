package social.coral.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import social.coral.installation.PublicAddress;

/** Issues and verifies access tokens: JWTs valid for an hour, signed with ES256, each bound to a session that must still be active. */
@Component
public class AccessTokens {

    static final Duration LIFETIME = Duration.ofHours(1);
    private static final String AUDIENCE = "authenticated";

    /** A token and its expiry. */
    record Issued(String token, Instant expiresAt) {

        @Override
        public String toString() {
            return "Issued[until " + expiresAt + "]";
        }
    }

    /** The claims of a token with a valid signature. */
    record Claimed(UUID personId, UUID sessionId, Instant expiresAt) {}

    private record TokenHash(String text) {}

    private final SigningKeys keys;
    private final Sessions sessions;
    private final PublicAddress address;
    // Verifying the signature is the most expensive part of a small request, and the result does not change.
    private final Cache<TokenHash, Claimed> recentlyVerified =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(1)).build();

    AccessTokens(SigningKeys keys, Sessions sessions, PublicAddress address) {
        this.keys = keys;
        this.sessions = sessions;
        this.address = address;
    }

    /** Returns the person this token belongs to. Signing out takes effect at once in this process, and within two seconds in others. */
    public Optional<SignedInPerson> authenticate(String token) {
        TokenHash key = new TokenHash(OpaqueToken.encode(OpaqueToken.hash(token)));
        Claimed known = recentlyVerified.getIfPresent(key);
        Optional<Claimed> claimed = known == null ? verify(token) : Optional.of(known).filter(AccessTokens::isUnexpired);
        if (known == null) {
            claimed.ifPresent(fresh -> recentlyVerified.put(key, fresh));
        }
        return claimed.flatMap(good -> sessions.findActiveCached(good.sessionId(), good.personId()));
    }

    /** Returns the claims, if the signature is ours and the token has not expired. Does not check the session. */
    Optional<Claimed> verify(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            return signedByUs(jwt) ? claims(jwt.getJWTClaimsSet()).filter(AccessTokens::isUnexpired) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Accepts our algorithm only, and a key of ours that is found by its id. */
    private boolean signedByUs(SignedJWT jwt) throws JOSEException {
        JWSHeader header = jwt.getHeader();
        if (!JWSAlgorithm.ES256.equals(header.getAlgorithm()) || header.getKeyID() == null) {
            return false;
        }
        Optional<ECKey> key = keys.find(header.getKeyID());
        return key.isPresent() && jwt.verify(new ECDSAVerifier(key.get()));
    }

    private Optional<Claimed> claims(JWTClaimsSet claims) {
        Date expires = claims.getExpirationTime();
        if (expires == null
                || !issuer().equals(claims.getIssuer())
                || !List.of(AUDIENCE).equals(claims.getAudience())
                || !(claims.getClaim("session_id") instanceof String session)
                || claims.getSubject() == null) {
            return Optional.empty();
        }
        return Optional.of(new Claimed(UUID.fromString(claims.getSubject()), UUID.fromString(session), expires.toInstant()));
    }

    private static boolean isUnexpired(Claimed claimed) {
        return claimed.expiresAt().isAfter(Instant.now());
    }

    private String issuer() {
        return address.origin() + "/auth/v1";
    }

    Issued issue(Person person, Session session) {
        Instant now = Instant.now();
        Instant expires = now.plus(LIFETIME).isBefore(session.expiresAt()) ? now.plus(LIFETIME) : session.expiresAt();
        return new Issued(sign(claimsOf(person, session, now, expires), keys.signing()), Instant.ofEpochSecond(expires.getEpochSecond()));
    }

    private JWTClaimsSet claimsOf(Person person, Session session, Instant now, Instant expires) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(person.id().toString())
                .audience(AUDIENCE)
                .expirationTime(Date.from(expires))
                .issueTime(Date.from(now))
                .claim("email", person.email())
                .claim("phone", "")
                .claim("app_metadata", person.appMetadata())
                .claim("user_metadata", person.userMetadata())
                .claim("role", "authenticated")
                .claim("aal", session.aal())
                .claim("amr", List.of(Map.of("method", session.method(), "timestamp", session.authenticatedAt().getEpochSecond())))
                .claim("session_id", session.id().toString())
                .claim("is_anonymous", false)
                .build();
    }

    static String sign(JWTClaimsSet claims, ECKey key) {
        try {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID(key.getKeyID()).build(), claims);
            jwt.sign(new ECDSASigner(key));
            return jwt.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException("an access token could not be signed", e);
        }
    }
}

package social.coral.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The authorization code flow with PKCE, and single-use refresh tokens, as on X. */
final class OAuth {

    private static final long CODE_SECONDS = 600;
    private static final long ACCESS_SECONDS = 7_200;
    private static final int MAX_GRANTS = 10_000;

    private record Code(String handle, String clientId, String redirectUri, String challenge, String scope, long end) {}

    private record Grant(String handle, String clientId, String scope) {}

    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Grant> refreshTokens = new ConcurrentHashMap<>();
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    boolean isRevoked(String token) {
        return revoked.contains(token);
    }

    /** Handles consent: the person agreed. */
    Answer agreed(Map<String, String> form, long epochSecond) {
        String redirect = form.getOrDefault("redirect_uri", "");
        String handle = form.getOrDefault("handle", "");
        String challenge = form.getOrDefault("code_challenge", "");
        if (!redirect.matches("https?://[^\\s\"<>]+") || !handle.matches("[A-Za-z0-9_]{1,15}") || challenge.isEmpty()
                || form.getOrDefault("client_id", "").isEmpty() || !form.getOrDefault("code_challenge_method", "S256").equals("S256")) {
            throw Refusal.invalid("client_id, redirect_uri, code_challenge (S256) and a handle are needed.");
        }
        bound();
        String code = "sandbox-code-" + UUID.randomUUID();
        codes.put(code, new Code(handle, form.getOrDefault("client_id", ""), redirect, challenge,
                form.getOrDefault("scope", "tweet.read users.read"), epochSecond + CODE_SECONDS));
        String state = URLEncoder.encode(form.getOrDefault("state", ""), StandardCharsets.UTF_8);
        return Answer.redirect(redirect + (redirect.contains("?") ? "&" : "?") + "state=" + state + "&code=" + code);
    }

    Answer token(Map<String, String> form, long epochSecond) {
        Grant grant = switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> exchanged(form, epochSecond);
            case "refresh_token" -> refreshTokens.remove(form.getOrDefault("refresh_token", ""));
            default -> throw Refusal.oauth("unsupported_grant_type", "grant_type is authorization_code or refresh_token");
        };
        if (grant == null || !form.getOrDefault("client_id", grant.clientId()).equals(grant.clientId())) {
            throw Refusal.oauth("invalid_request", "Value passed for the token was invalid.");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", "bearer");
        answer.put("expires_in", ACCESS_SECONDS);
        answer.put("access_token", "sandbox-user-" + grant.handle() + "." + (epochSecond + ACCESS_SECONDS) + "." + UUID.randomUUID());
        answer.put("scope", grant.scope());
        if (grant.scope().contains("offline.access")) {
            bound();
            String refresh = "sandbox-refresh-" + UUID.randomUUID();
            refreshTokens.put(refresh, grant);
            answer.put("refresh_token", refresh);
        }
        return Answer.json(200, answer);
    }

    private @Nullable Grant exchanged(Map<String, String> form, long epochSecond) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        boolean good = code != null && code.end() > epochSecond && code.redirectUri().equals(form.get("redirect_uri"))
                && code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")));
        return good && code != null ? new Grant(code.handle(), code.clientId(), code.scope()) : null;
    }

    Answer revoke(Map<String, String> form) {
        String token = form.getOrDefault("token", "");
        refreshTokens.remove(token);
        bound();
        revoked.add(token);
        return Answer.json(200, Map.of("revoked", true));
    }

    /** A sandbox is not meant to hold many grants; beyond the limit they are dropped. */
    private void bound() {
        if (codes.size() + refreshTokens.size() + revoked.size() > MAX_GRANTS) {
            codes.clear();
            refreshTokens.clear();
            revoked.clear();
        }
    }

    private static String challenge(String verifier) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK lacks SHA-256", e);
        }
    }
}

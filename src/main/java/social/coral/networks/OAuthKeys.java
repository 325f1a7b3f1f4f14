package social.coral.networks;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import social.coral.networks.XWire.Problem;
import social.coral.services.ServiceFault;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The two keys of an app and the two of an account that sign a request together, by OAuth 1.0a. Never printed. */
record OAuthKeys(String apiKey, String apiSecret, String accessToken, String accessTokenSecret) implements XCredentials {

    private static final int MAX_LENGTH = 500;
    private static final int COULD_NOT_AUTHENTICATE = 32;
    private static final int INVALID_OR_EXPIRED_TOKEN = 89;
    private static final int BAD_AUTHENTICATION_DATA = 215;
    private static final int TIMESTAMP_OUT_OF_BOUNDS = 135;

    static OAuthKeys of(Function<ServiceName, String> stored) {
        return new OAuthKeys(known(ServiceName.TWITTER_API_KEY, stored), known(ServiceName.TWITTER_API_SECRET, stored),
                known(ServiceName.TWITTER_ACCESS_TOKEN, stored), known(ServiceName.TWITTER_ACCESS_TOKEN_SECRET, stored));
    }

    private static String known(ServiceName service, Function<ServiceName, String> stored) {
        String value = stored.apply(service);
        if (value.length() > MAX_LENGTH) {
            throw new ServiceFault.KeyRefused(service, "The " + service.title() + " is longer than any that X issues. Copy it again.");
        }
        if (value.startsWith(ApiKeys.SANDBOX_PREFIX)) {
            throw new ServiceFault.KeyRefused(service,
                    "The " + service.title() + " is a key of the sandbox, which needs only the one that it issues. Copy it from the developer portal of X.");
        }
        return value;
    }

    @Override
    public Network network() {
        return Network.X;
    }

    @Override
    public ServiceName key() {
        return ServiceName.TWITTER_API_KEY;
    }

    @Override
    public String authorization(String method, URI address, Instant now) {
        Map<String, String> header = new TreeMap<>(Map.of(
                "oauth_consumer_key", apiKey,
                "oauth_nonce", UUID.randomUUID().toString().replace("-", ""),
                "oauth_signature_method", "HMAC-SHA1",
                "oauth_timestamp", Long.toString(now.getEpochSecond()),
                "oauth_token", accessToken,
                "oauth_version", "1.0"));
        header.put("oauth_signature", OAuthSignature.of(method, address, header, apiSecret, accessTokenSecret));
        return header.entrySet().stream()
                .map(entry -> entry.getKey() + "=\"" + OAuthSignature.encoded(entry.getValue()) + "\"")
                .collect(Collectors.joining(", ", "OAuth ", ""));
    }

    @Override
    public String redacted(String text) {
        String redacted = text;
        for (String value : new String[] {apiSecret, accessTokenSecret, accessToken, apiKey}) {
            redacted = redacted.replace(value, "…");
        }
        return redacted;
    }

    /** What to look at when X refuses them. It seldom says which of the four is wrong, because it sees only the signature. */
    String refusal(int status, Problem problem) {
        if (status == 403) {
            return "X does not allow these keys to make this call; check the permissions of your app in the developer portal.";
        }
        if (hasCode(problem, INVALID_OR_EXPIRED_TOKEN)) {
            return "X does not accept the access token. Make a new access token and secret in the developer portal and enter both.";
        }
        if (hasCode(problem, BAD_AUTHENTICATION_DATA)) {
            return "X cannot read these as keys of OAuth 1.0a. Check that each of the four is in its own field, and that none is the bearer token.";
        }
        if (hasCode(problem, COULD_NOT_AUTHENTICATE)) {
            return "X could not verify the signature, so one of the four keys is wrong; X does not say which. Copy the two secrets again first.";
        }
        return "X does not accept these four keys together and does not say which one is wrong. Copy all four again from the same app."
                + (accessToken.matches("[0-9]+-.+") ? "" : " Look at the access token first: it usually begins with digits and a hyphen.");
    }

    static boolean isAboutTime(Problem problem) {
        return hasCode(problem, TIMESTAMP_OUT_OF_BOUNDS);
    }

    private static boolean hasCode(Problem problem, int code) {
        return Stream.concat(Stream.of(problem), problem.inner().stream()).anyMatch(part -> part.code() != null && part.code().asInt(0) == code);
    }

    @Override
    public String toString() {
        return "OAuthKeys[hidden]";
    }
}

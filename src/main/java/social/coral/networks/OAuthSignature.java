package social.coral.networks;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The signature of OAuth 1.0a by HMAC-SHA1: RFC 5849, section 3.4. It covers the query, but no body, since X takes JSON. */
final class OAuthSignature {

    private static final String ALGORITHM = "HmacSHA1";

    private record Parameter(String name, String value) {
        static final Comparator<Parameter> ORDER = Comparator.comparing(Parameter::name).thenComparing(Parameter::value);

        static Parameter ofQuery(String pair) {
            String[] parts = pair.split("=", 2);
            return new Parameter(encoded(decoded(parts[0])), parts.length == 2 ? encoded(decoded(parts[1])) : "");
        }
    }

    private OAuthSignature() {}

    /** Signs a request with the parameters of its {@code Authorization} header. */
    static String of(String method, URI address, Map<String, String> header, String clientSecret, String tokenSecret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes(encoded(clientSecret) + "&" + encoded(tokenSecret)), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(bytes(baseString(method, address, header))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK lacks " + ALGORITHM, e);
        }
    }

    static String baseString(String method, URI address, Map<String, String> header) {
        List<String> query = address.getRawQuery() == null ? List.of() : Arrays.asList(address.getRawQuery().split("&"));
        String parameters = Stream.concat(
                        query.stream().map(Parameter::ofQuery),
                        header.entrySet().stream().map(entry -> new Parameter(encoded(entry.getKey()), encoded(entry.getValue()))))
                .sorted(Parameter.ORDER)
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
        return method + "&" + encoded(withoutQuery(address)) + "&" + encoded(parameters);
    }

    private static String withoutQuery(URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        String port = address.getPort() == -1 || address.getPort() == usual ? "" : ":" + address.getPort();
        return scheme + "://" + address.getHost().toLowerCase(Locale.ROOT) + port + (address.getRawPath().isEmpty() ? "/" : address.getRawPath());
    }

    /** Encodes by RFC 3986, which leaves other characters alone than a form does. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package social.coral.networks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.test.context.DynamicPropertyRegistry;
import social.coral.egress.Peer;

/** An X that accepts requests only with the signature of one app and one account. */
public final class SigningX implements AutoCloseable {

    private static final Pattern PARAMETER = Pattern.compile("(oauth_\\w+)=\"([^\"]*)\"");

    private final Peer peer = Peer.thatChooses(this::answer);
    private final String apiSecret;
    private final String tokenSecret;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    public SigningX(String apiSecret, String tokenSecret) {
        this.apiSecret = apiSecret;
        this.tokenSecret = tokenSecret;
    }

    public void becomeX(DynamicPropertyRegistry registry) {
        registry.add("X_API_URL", peer::url);
    }

    /** The requests so far, with their headers. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private Peer.Answer answer(String request) {
        asked.add(request);
        Map<String, String> sent = PARAMETER.matcher(request).results()
                .collect(Collectors.toMap(pair -> pair.group(1), pair -> URLDecoder.decode(pair.group(2), StandardCharsets.UTF_8)));
        String signature = sent.remove("oauth_signature");
        URI address = URI.create(peer.url() + request.substring(4, request.indexOf(' ', 4)));
        return OAuthSignature.of("GET", address, sent, apiSecret, tokenSecret).equals(signature)
                ? Peer.text("400 Bad Request", "{\"title\":\"Invalid Request\",\"errors\":[{\"parameters\":{\"ids\":[\"none\"]},\"message\":\"not valid\"}]}")
                : Peer.text("401 Unauthorized", "{\"errors\":[{\"code\":32,\"message\":\"Could not authenticate you.\"}]}");
    }

    @Override
    public void close() {
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

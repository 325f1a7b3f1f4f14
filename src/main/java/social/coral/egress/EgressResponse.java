package social.coral.egress;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** A response, whatever its status, with its body decompressed and decoded as UTF-8, without a mark of byte order. A redirect is a response too. */
public record EgressResponse(int status, HttpHeaders headers, String body) {

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}

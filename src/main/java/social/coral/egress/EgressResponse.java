package social.coral.egress;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** An answer from outside, whatever its status, with its body decompressed and read as UTF-8. A redirect is an answer. */
public record EgressResponse(int status, HttpHeaders headers, String body) {

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }
}

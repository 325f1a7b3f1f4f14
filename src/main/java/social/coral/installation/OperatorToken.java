package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.stereotype.Component;

/** The token with which an operator's monitoring reads health details and metrics: the content of a file in the data folder. */
@Component
public final class OperatorToken {

    static final String FILE = "operator.token";

    private final byte[] token;

    OperatorToken(DataFolder folder) {
        token = folder.secret(FILE).getBytes(StandardCharsets.UTF_8);
    }

    public boolean matches(String candidate) {
        return MessageDigest.isEqual(token, candidate.getBytes(StandardCharsets.UTF_8));
    }
}

package social.coral.installation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** What a program of the operator's shows to read how the installation does: the content of a file in the data folder. */
@Component
public final class OperatorToken {

    static final String FILE = "operator.token";

    private final byte[] token;

    OperatorToken(DataFolder folder) {
        token = folder.secret(FILE, random()).getBytes(StandardCharsets.UTF_8);
    }

    public boolean is(String shown) {
        return MessageDigest.isEqual(token, shown.getBytes(StandardCharsets.UTF_8));
    }

    private static String random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

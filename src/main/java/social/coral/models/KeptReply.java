package social.coral.models;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A reply as it is kept for a run that is taken up again, and what tells its request from others. */
final class KeptReply {

    private static final JsonMapper JSON = new JsonMapper();

    private KeptReply() {}

    /** Returns a hash of the whole request, the key aside. */
    static String request(String path, byte[] body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String written(Reply reply) {
        return JSON.writeValueAsString(reply);
    }

    /** Returns the reply; empty if another version of the product wrote it otherwise, so that it has to be asked for again. */
    static Optional<Reply> read(String kept) {
        try {
            return Optional.of(JSON.readValue(kept, Reply.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}

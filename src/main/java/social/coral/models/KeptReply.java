package social.coral.models;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A reply as it is kept for a run that is taken up again. */
final class KeptReply {

    private static final JsonMapper JSON = new JsonMapper();

    private KeptReply() {}

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

package social.coral.sandbox;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.twitter.twittertext.TwitterTextParser;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The writing calls of X API v2. */
final class Writing {

    /** A client's post; X's other fields are not supported in the sandbox. */
    private record Draft(@Nullable String text, @Nullable Reply reply) {}

    private record Reply(@JsonProperty("in_reply_to_tweet_id") @Nullable String inReplyTo) {}

    private final JsonMapper json = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
    private final World world;

    Writing(World world) {
        this.world = world;
    }

    Answer post(Request request, Account account, long now) {
        Draft draft = draft(request.body());
        if (draft.text() == null || draft.text().isBlank()) {
            throw Refusal.invalid("`text` is required.");
        }
        if (!TwitterTextParser.parseTweet(draft.text()).isValid) {
            throw Refusal.invalid("Your Tweet text is too long.");
        }
        SandboxPost post = world.own().post(account, draft.text(), answered(draft.reply(), now), now);
        String id = Long.toString(post.id());
        return Answer.json(201, Map.of("data", Map.of("id", id, "text", post.text(), "edit_history_tweet_ids", List.of(id))));
    }

    private Draft draft(String body) {
        try {
            Draft draft = json.readValue(body, Draft.class);
            return draft == null ? new Draft(null, null) : draft;
        } catch (JacksonException e) {
            throw Refusal.invalid("The body is not the JSON of a post with `text` and, if it answers one, `reply.in_reply_to_tweet_id`.");
        }
    }

    private @Nullable SandboxPost answered(@Nullable Reply reply, long now) {
        if (reply == null || reply.inReplyTo() == null) {
            return null;
        }
        SandboxPost post = world.find(Parameters.id("reply.in_reply_to_tweet_id", reply.inReplyTo()), now);
        if (post == null) {
            throw Refusal.forbidden("You attempted to reply to a Tweet that is deleted or not visible to you.");
        }
        return post;
    }

    Answer delete(Account account, String id, long now) {
        SandboxPost post = world.find(Parameters.id("id", id), now);
        if (post == null) {
            throw Refusal.notFound();
        }
        if (post.authorId() != account.id()) {
            throw Refusal.forbidden("You are not authorized to delete this Tweet.");
        }
        world.own().delete(account, post);
        return Answer.json(200, Map.of("data", Map.of("deleted", true)));
    }
}

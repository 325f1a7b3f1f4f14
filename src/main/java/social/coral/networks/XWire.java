package social.coral.networks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The answers of X API v2. Any field may be missing; fields that X adds later are ignored. */
final class XWire {

    static final JsonMapper JSON =
            JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

    private XWire() {}

    /** What all answers share. */
    interface Answer {
        @Nullable List<Problem> errors();

        default List<Problem> problems() {
            List<Problem> errors = errors();
            return errors == null ? List.of() : errors.stream().filter(Objects::nonNull).toList();
        }

        /** How many posts or accounts it holds, which is what X charges for. */
        int units();
    }

    record UserAnswer(@Nullable User data, @Nullable List<Problem> errors) implements Answer {
        @Override
        public int units() {
            return data == null ? 0 : 1;
        }
    }

    /** The posts unread, so that a malformed one does not spoil the others. See {@link Tweet}. */
    record TweetsAnswer(@Nullable List<JsonNode> data, @Nullable Meta meta, @Nullable List<Problem> errors) implements Answer {
        @Override
        public int units() {
            return data == null ? 0 : data.size();
        }
    }

    record Meta(@Nullable String nextToken) {}

    record User(@Nullable String id, @Nullable String username, @Nullable String name) {}

    /** {@code text} ends early in a long post, which then carries the whole in {@code note_tweet}. */
    record Tweet(
            @Nullable String id,
            @Nullable String text,
            @Nullable NoteTweet noteTweet,
            @Nullable String authorId,
            @Nullable String createdAt,
            @Nullable String lang,
            @Nullable String conversationId,
            @Nullable List<Reference> referencedTweets,
            @Nullable Metrics publicMetrics) {}

    record NoteTweet(@Nullable String text) {}

    record Reference(@Nullable String type, @Nullable String id) {}

    record Metrics(@Nullable Long likeCount, @Nullable Long retweetCount, @Nullable Long replyCount) {}

    /** An error about a part of the answer, or, as a problem document, about all of it. */
    record Problem(
            @Nullable String title,
            @Nullable String detail,
            @Nullable String message,
            @Nullable String type,
            @Nullable String parameter,
            @Nullable Map<String, JsonNode> parameters,
            @Nullable List<Problem> errors) {

        static final Problem NONE = new Problem(null, null, null, null, null, null, null);

        /** Whether it is about what the posts refer to, and not about whose posts were asked for. */
        boolean isOfAReference() {
            return parameter != null && (parameter.contains(".") || parameter.equals("ids"));
        }

        String words() {
            String words = detail != null ? detail : message != null ? message : title;
            return words == null ? "" : words;
        }
    }
}

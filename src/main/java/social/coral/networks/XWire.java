package social.coral.networks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.egress.EgressResponse;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The answers of X API v2. Any field may be missing; fields that X adds later are ignored. */
final class XWire {

    /** Each value takes some 50 bytes of memory, however short it is, so that an answer is bounded by their number, too. */
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxTokenCount(200_000).maxNestingDepth(50).build()).build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

    private XWire() {}

    /** Reports whether it is an object with one of the parts that X's answers have, even one that is empty. */
    static boolean isAnswer(EgressResponse reply) {
        JsonNode json = JSON.readTree(reply.body());
        return Stream.of("data", "meta").anyMatch(part -> json.path(part).isContainer());
    }

    /** Reads an answer that was kept; empty if another version of the product reads it otherwise, so that it has to be asked for again. */
    static <T extends Answer> Optional<T> kept(String body, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.readValue(body, type));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** What all answers share. */
    interface Answer {
        @Nullable JsonNode errors();

        /** Those first that tell what they are about. */
        default List<Problem> problems() {
            return Problem.all(errors()).stream().collect(Collectors.partitioningBy(problem -> XBlame.of(problem).isEmpty())).values().stream()
                    .flatMap(List::stream).toList();
        }

        /** How many posts or accounts it holds, which is what X charges for. */
        int units();

        /** How many accounts it holds beside those. */
        default int users() {
            return 0;
        }

        /** Reports whether it has data or a reason why not. */
        default boolean saysSomething() {
            return units() > 0 || !Problem.all(errors()).isEmpty();
        }
    }

    record UserAnswer(@Nullable User data, @Nullable JsonNode errors) implements Answer {
        @Override
        public int units() {
            return data == null ? 0 : 1;
        }
    }

    /** The posts unread, so that a malformed one does not spoil the others. See {@link Tweet}. */
    record TweetsAnswer(@Nullable List<JsonNode> data, @Nullable Meta meta, @Nullable JsonNode errors) implements Answer {
        @Override
        public int units() {
            return data == null ? 0 : data.size();
        }
    }

    /** The posts with their authors, both unread. */
    record AuthoredAnswer(@Nullable List<JsonNode> data, @Nullable JsonNode includes, @Nullable Meta meta, @Nullable JsonNode errors) implements Answer {

        private static final int MOST = 1_000;

        @Override
        public int units() {
            return data == null ? 0 : data.size();
        }

        @Override
        public int users() {
            return includes == null ? 0 : includes.path("users").size();
        }

        List<JsonNode> authors() {
            return includes == null ? List.of() : includes.path("users").valueStream().limit(MOST).toList();
        }

        /** The ids of posts that exist and are not shown to whoever asked. */
        Set<String> closed() {
            return errors == null ? Set.of() : errors.valueStream().limit(MOST)
                    .filter(error -> error.path("type").asString("").endsWith("/not-authorized-for-resource"))
                    .map(error -> error.path("resource_id").asString(error.path("value").asString(""))).collect(Collectors.toSet());
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
            @Nullable List<String> editHistoryTweetIds,
            @Nullable Metrics publicMetrics) {}

    record NoteTweet(@Nullable String text) {}

    record Reference(@Nullable String type, @Nullable String id) {}

    record Metrics(
            @Nullable JsonNode likeCount,
            @Nullable JsonNode retweetCount,
            @Nullable JsonNode replyCount,
            @Nullable JsonNode quoteCount,
            @Nullable JsonNode impressionCount) {}

    /** An error about a part of the answer, or, as a problem document, about all of it. */
    record Problem(
            @Nullable String title,
            @Nullable String detail,
            @Nullable String message,
            @Nullable String error,
            @Nullable String type,
            @Nullable String reason,
            @Nullable String parameter,
            @Nullable Map<String, JsonNode> parameters,
            @Nullable JsonNode code,
            @Nullable JsonNode errors) {

        private static final int MAX_LENGTH = 2_000;
        private static final int MAX_COUNT = 10;
        private static final Set<String> TITLES = Set.of("Authorization Error", "Client Forbidden", "Conflict", "CreditsDepleted", "Disallowed Resource", "Forbidden", "Gone",
                "Internal Server Error", "Invalid Request", "Not Found Error", "Oauth1 app permissions", "Payment Required", "Service Unavailable", "SpendCapReached",
                "Too Many Requests", "Unauthorized", "Unavailable For Legal Reasons", "Unsupported Authentication", "UsageCapExceeded");

        static final Problem NONE = new Problem(null, null, null, null, null, null, null, null, null, null);

        Problem {
            title = shortened(title);
            detail = shortened(detail);
            message = shortened(message);
            error = shortened(error);
            type = shortened(type);
            reason = shortened(reason);
            parameter = shortened(parameter);
        }

        private static @Nullable String shortened(@Nullable String text) {
            return text == null || text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
        }

        /** Reads a refusal; empty if it is none that X sends. Any server says no more than "404" about a path that it does not have. */
        static Optional<Problem> of(EgressResponse reply) {
            if (reply.body().isBlank()) {
                return reply.status() == 404 ? Optional.empty() : Optional.of(NONE);
            }
            try {
                JsonNode json = JSON.readTree(reply.body());
                return Optional.of(json).filter(JsonNode::isObject).filter(Problem::isOfX).map(Problem::of);
            } catch (JacksonException e) {
                return Optional.empty();
            }
        }

        private static Problem of(JsonNode json) {
            return tolerant(json, Problem.class).orElse(NONE);
        }

        /** One of several comes without the errors within it, so that all together are few. */
        static List<Problem> all(@Nullable JsonNode errors) {
            Stream<JsonNode> each = errors == null ? Stream.of() : errors.isArray() ? errors.valueStream() : Stream.of(errors);
            List<Problem> all = each.limit(MAX_COUNT).map(Problem::of).filter(problem -> !problem.equals(NONE)).toList();
            return all.size() > 1 ? all.stream().map(Problem::withoutInner).toList() : all;
        }

        private Problem withoutInner() {
            return new Problem(title, detail, message, error, type, reason, parameter, parameters, code, null);
        }

        private static boolean isOfX(JsonNode json) {
            return json.isEmpty() || isProblem(json)
                    || json.path("errors").valueStream().anyMatch(error -> error.path("message").isString() || isProblem(error))
                    || json.path("error").isString() && (json.path("request").isString() || json.path("error_description").isString());
        }

        /** Reports whether it has a type of X, or none and a title of X. Others send documents of this kind with types of their own or an instance. */
        private static boolean isProblem(JsonNode json) {
            String type = json.path("type").asString("");
            String title = json.path("title").asString("");
            return !json.has("instance") && (type.contains("/2/problems/") || type.equals("about:blank") && !title.isEmpty() || type.isEmpty() && TITLES.contains(title));
        }

        /** The errors within it. */
        List<Problem> inner() {
            return all(errors);
        }

        /** Reports whether it is about what the posts refer to, and not about whose posts were asked for. */
        boolean isOfAReference() {
            return parameter != null && !parameter.equals("id") && !parameter.equals("username");
        }

        String words() {
            return Stream.of(detail, message, error, title).filter(text -> text != null && !text.isBlank()).findFirst().orElse("");
        }
    }

    /** Returns which of the ids that were asked for do not exist, as the errors beside an answer tell. */
    static Set<String> missing(@Nullable JsonNode errors, Set<String> asked) {
        return errors == null ? Set.of() : errors.valueStream()
                .filter(error -> error.path("type").asString("").endsWith("/problems/resource-not-found") && error.path("title").asString("").equals("Not Found Error"))
                .map(error -> error.path("resource_id").asString(error.path("value").asString("")))
                .filter(asked::contains)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Reads an object without those of its fields that are not what X documents, so that an odd one costs itself alone. */
    static <T extends Object> Optional<T> tolerant(JsonNode json, Class<T> type) {
        try {
            return Optional.ofNullable(JSON.treeToValue(json, type));
        } catch (JacksonException odd) {
            ObjectNode readable = JSON.createObjectNode();
            json.propertyStream().filter(field -> isReadable(field, type)).forEach(field -> readable.set(field.getKey(), field.getValue()));
            return json.isObject() ? Optional.of(JSON.treeToValue(readable, type)) : Optional.empty();
        }
    }

    private static boolean isReadable(Map.Entry<String, JsonNode> field, Class<?> type) {
        try {
            JSON.treeToValue(JSON.createObjectNode().set(field.getKey(), field.getValue()), type);
            return true;
        } catch (JacksonException odd) {
            return false;
        }
    }
}

package social.coral.networks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.networks.XWire.TweetsAnswer;
import social.coral.networks.XWire.User;

/** X, and whatever speaks X API v2, read with an app-only key. */
final class XApiClient implements SocialNetwork {

    static final String USER = "user";
    static final String POST = "post";

    static final String POST_FIELDS =
            "author_id,conversation_id,created_at,entities,lang,note_tweet,public_metrics,referenced_tweets";

    private static final int MAX_TOKEN_LENGTH = 1000;

    private final Network network;
    private final XCalls calls;
    private final XFaults faults;

    XApiClient(Network network, XCalls calls, XFaults faults) {
        this.network = network;
        this.calls = calls;
        this.faults = faults;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public NetworkUser user(String handle) {
        XWire.UserAnswer answer = calls.get("/2/users/by/username/{username}", new XCalls.Most(USER, 1, 0), "@" + handle, "/2/users/by/username/" + checkedHandle(handle),
                Map.of(), XWire.UserAnswer.class);
        if (answer.data() != null) {
            NetworkUser user = read(answer.data(), faults);
            if (!user.handle().equalsIgnoreCase(handle)) {
                throw faults.malformed("answered with another account than the one that was asked for");
            }
            return user;
        }
        if (answer.problems().isEmpty()) {
            throw faults.malformed("answered neither with an account nor with a reason");
        }
        throw faults.ofAccount("@" + handle, answer.problems().getFirst());
    }

    @Override
    public PostPage postsOf(String userId, String handle, PostQuery query) {
        Map<String, String> parameters = parameters(query, POST_FIELDS);
        parameters.put("exclude", "retweets");
        TweetsAnswer answer = calls.get(
                "/2/users/{id}/tweets", new XCalls.Most(POST, query.size(), 0), "@" + handle, "/2/users/" + checkedId(userId) + "/tweets", parameters, TweetsAnswer.class);
        throwIfEmptyForAReason(answer, answer.data(), answer.meta(), "@" + handle, faults);
        String next = answer.meta() == null ? null : answer.meta().nextToken();
        PostPage page = new XPosts(userId, handle, calls.now(), faults).page(answer.data(), next);
        if (next != null && next.equals(query.pageToken())) {
            return page.withoutRest("the network names the page that was just read as the next one");
        }
        return next != null && !isUsable(next)
                ? page.withoutRest("the network names the next page with a token that cannot be used")
                : page;
    }

    static boolean isUsable(String token) {
        return !token.isBlank() && token.length() <= MAX_TOKEN_LENGTH && StorableText.isValid(token);
    }

    /** The parameters of a page of posts. */
    static Map<String, String> parameters(PostQuery query, String fields) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("max_results", Integer.toString(query.size()));
        parameters.put("tweet.fields", fields);
        put(parameters, "since_id", query.sinceId());
        Instant startTime = query.startTime();
        put(parameters, "start_time", startTime == null ? null : startTime.truncatedTo(ChronoUnit.SECONDS).toString());
        put(parameters, "pagination_token", query.pageToken());
        return parameters;
    }

    /** Throws why an answer without posts has none, unless there are just none. */
    static void throwIfEmptyForAReason(XWire.Answer answer, @Nullable Object data, XWire.@Nullable Meta meta, String account, XFaults faults) {
        if (answer.units() == 0) {
            answer.problems().stream().filter(problem -> data == null && meta == null || !problem.isOfAReference()).findFirst().ifPresent(problem -> {
                throw faults.ofAccount(account, problem);
            });
        }
        if (data == null && meta == null) {
            throw faults.malformed("answered without posts and without saying that there are none");
        }
    }

    @Override
    public CountedPosts counted(Collection<String> ids) {
        Set<String> asked = new LinkedHashSet<>(ids);
        TweetsAnswer answer = calls.get("/2/tweets", new XCalls.Most(POST, asked.size(), 0), null, "/2/tweets",
                Map.of("ids", joined(asked), "tweet.fields", "public_metrics"),
                TweetsAnswer.class);
        if (answer.data() == null && answer.problems().isEmpty()) {
            throw faults.malformed("answered neither with posts nor with a reason");
        }
        return new CountedPosts(XPosts.counts(answer.data(), faults), XWire.missing(answer.errors(), asked));
    }

    static NetworkUser read(@Nullable User user, XFaults faults) {
        if (user == null || user.username() == null) {
            throw faults.malformed("sent an account without its handle");
        }
        if (!PostIds.isId(user.id())) {
            throw faults.malformed("sent an account without a proper id");
        }
        String shownName = user.name() == null ? user.username() : user.name();
        return new NetworkUser(String.valueOf(user.id()), user.username(), shownName);
    }

    private static void put(Map<String, String> parameters, String key, @Nullable String value) {
        if (value != null) {
            parameters.put(key, value);
        }
    }

    static String joined(Collection<String> values) {
        if (values.isEmpty() || values.size() > MAX_IDS) {
            throw new IllegalArgumentException("1 to " + MAX_IDS + " at once, not " + values.size());
        }
        values.forEach(XApiClient::checkedId);
        return String.join(",", values);
    }

    private static String checkedHandle(String handle) {
        if (!NetworkUser.isHandle(handle)) {
            throw new IllegalArgumentException("not a handle");
        }
        return handle;
    }

    static String checkedId(String id) {
        if (!PostIds.isId(id)) {
            throw new IllegalArgumentException("not an id");
        }
        return id;
    }
}

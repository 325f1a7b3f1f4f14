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

    private static final String USER = "user";
    private static final String POST = "post";

    private static final String POST_FIELDS =
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
        XWire.UserAnswer answer = calls.get("/2/users/by/username/{username}", USER, 1, "@" + handle, "/2/users/by/username/" + checkedHandle(handle),
                Map.of(), XWire.UserAnswer.class);
        if (answer.data() != null) {
            NetworkUser user = read(answer.data());
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
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("max_results", Integer.toString(query.size()));
        parameters.put("exclude", "retweets");
        parameters.put("tweet.fields", POST_FIELDS);
        put(parameters, "since_id", query.sinceId());
        Instant startTime = query.startTime();
        put(parameters, "start_time", startTime == null ? null : startTime.truncatedTo(ChronoUnit.SECONDS).toString());
        put(parameters, "pagination_token", query.pageToken());
        TweetsAnswer answer = calls.get(
                "/2/users/{id}/tweets", POST, query.size(), "@" + handle, "/2/users/" + checkedId(userId) + "/tweets", parameters, TweetsAnswer.class);
        if (answer.units() == 0) {
            answer.problems().stream().filter(problem -> answer.data() == null && answer.meta() == null || !problem.isOfAReference()).findFirst().ifPresent(problem -> {
                throw faults.ofAccount("@" + handle, problem);
            });
        }
        if (answer.data() == null && answer.meta() == null) {
            throw faults.malformed("answered without posts and without saying that there are none");
        }
        String next = answer.meta() == null ? null : answer.meta().nextToken();
        PostPage page = new XPosts(userId, handle, calls.now(), faults).page(answer.data(), next);
        if (next != null && next.equals(query.pageToken())) {
            return page.withoutRest("the network names the page that was just read as the next one");
        }
        return next != null && (next.isBlank() || next.length() > MAX_TOKEN_LENGTH || !StorableText.isValid(next))
                ? page.withoutRest("the network names the next page with a token that cannot be used")
                : page;
    }

    @Override
    public Map<String, PostCounts> counts(Collection<String> ids) {
        Set<String> asked = new LinkedHashSet<>();
        ids.forEach(id -> asked.add(checkedId(id)));
        TweetsAnswer answer = calls.get("/2/tweets", POST, asked.size(), null, "/2/tweets", Map.of("ids", joined(asked), "tweet.fields", "public_metrics"),
                TweetsAnswer.class);
        if (answer.data() == null && answer.problems().isEmpty()) {
            throw faults.malformed("answered neither with posts nor with a reason");
        }
        return XPosts.counts(answer.data(), faults);
    }

    private NetworkUser read(@Nullable User user) {
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

    private static String joined(Set<String> values) {
        if (values.isEmpty() || values.size() > MAX_IDS) {
            throw new IllegalArgumentException("1 to " + MAX_IDS + " at once, not " + values.size());
        }
        return String.join(",", values);
    }

    private static String checkedHandle(String handle) {
        if (!NetworkUser.isHandle(handle)) {
            throw new IllegalArgumentException("not a handle");
        }
        return handle;
    }

    private static String checkedId(String id) {
        if (!PostIds.isId(id)) {
            throw new IllegalArgumentException("not an id");
        }
        return id;
    }
}

package social.coral.networks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;
import social.coral.networks.XWire.Problem;
import social.coral.networks.XWire.TweetsAnswer;
import social.coral.networks.XWire.User;

/** X, and whatever speaks X API v2, read with an app-only key. */
final class XApiClient implements SocialNetwork {

    private static final String USER_FIELDS = "protected";
    private static final String POST_FIELDS =
            "author_id,conversation_id,created_at,lang,note_tweet,public_metrics,referenced_tweets";

    private static final int LONGEST_TOKEN = 1000;

    private final String name;
    private final XCalls calls;
    private final XFaults faults;

    XApiClient(String name, XCalls calls, XFaults faults) {
        this.name = name;
        this.calls = calls;
        this.faults = faults;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public NetworkUser user(String handle) {
        XWire.UserAnswer answer = calls.get("/2/users/by/username/{username}", "/2/users/by/username/" + checkedHandle(handle),
                Map.of("user.fields", USER_FIELDS), XWire.UserAnswer.class);
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
    public UserLookup users(Collection<String> handles) {
        Set<String> asked = new LinkedHashSet<>();
        handles.forEach(handle -> asked.add(checkedHandle(handle).toLowerCase(Locale.ROOT)));
        XWire.UsersAnswer answer = calls.get("/2/users/by", "/2/users/by",
                Map.of("usernames", joined(asked), "user.fields", USER_FIELDS), XWire.UsersAnswer.class);
        if (answer.data() == null && answer.problems().isEmpty()) {
            throw faults.malformed("answered neither with accounts nor with a reason");
        }
        List<NetworkUser> found = new ArrayList<>();
        for (User user : answer.data() == null ? List.<User>of() : answer.data()) {
            found.add(read(user));
        }
        return new UserLookup(List.copyOf(found), missing(asked, found, answer.problems()));
    }

    private Map<String, NetworkFault> missing(Set<String> asked, List<NetworkUser> found, List<Problem> problems) {
        Map<String, Problem> reasons = new HashMap<>();
        problems.stream().filter(problem -> problem.value() != null)
                .forEach(problem -> reasons.put(String.valueOf(problem.value()).toLowerCase(Locale.ROOT), problem));
        Map<String, NetworkFault> missing = new LinkedHashMap<>();
        asked.forEach(handle -> missing.put(handle, faults.ofAccount("@" + handle, reasons.getOrDefault(handle, Problem.NONE))));
        found.forEach(user -> missing.remove(user.handle().toLowerCase(Locale.ROOT)));
        return Map.copyOf(missing);
    }

    @Override
    public PostPage postsOf(String userId, PostQuery query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("max_results", Integer.toString(query.size()));
        parameters.put("exclude", "retweets");
        parameters.put("tweet.fields", POST_FIELDS);
        put(parameters, "since_id", query.sinceId());
        put(parameters, "pagination_token", query.pageToken());
        TweetsAnswer answer =
                calls.get("/2/users/{id}/tweets", "/2/users/" + checkedId(userId) + "/tweets", parameters, TweetsAnswer.class);
        if (answer.data() == null) {
            answer.problems().stream().filter(problem -> answer.meta() == null || !problem.isOfAReference()).findFirst().ifPresent(problem -> {
                throw faults.ofAccount("with the id " + userId, problem);
            });
        }
        if (answer.data() == null && answer.meta() == null) {
            throw faults.malformed("answered without posts and without saying that there are none");
        }
        XPosts.Sorted sorted = XPosts.read(answer.data(), userId, calls.now(), faults);
        String next = answer.meta() == null ? null : answer.meta().nextToken();
        if (next != null && next.equals(query.pageToken())) {
            throw faults.malformed("names the page that was just read as the next one");
        }
        if (next != null && (next.length() > LONGEST_TOKEN || !StorableText.isValid(next))) {
            throw faults.malformed("names a next page with a token that is none");
        }
        return new PostPage(sorted.posts(), next, sorted.newestId(), sorted.leftOut());
    }

    @Override
    public List<Post> posts(Collection<String> ids) {
        Set<String> asked = new LinkedHashSet<>();
        ids.forEach(id -> asked.add(checkedId(id)));
        TweetsAnswer answer = calls.get("/2/tweets", "/2/tweets", Map.of("ids", joined(asked), "tweet.fields", POST_FIELDS),
                TweetsAnswer.class);
        if (answer.data() == null && answer.problems().isEmpty()) {
            throw faults.malformed("answered neither with posts nor with a reason");
        }
        return XPosts.read(answer.data(), null, calls.now(), faults).posts();
    }

    private NetworkUser read(@Nullable User user) {
        if (user == null || user.username() == null) {
            throw faults.malformed("sent an account without its handle");
        }
        String shownName = user.name() == null ? user.username() : user.name();
        return new NetworkUser(XPosts.id(user.id(), faults), user.username(), shownName, Boolean.TRUE.equals(user.isProtected()));
    }

    private static void put(Map<String, String> parameters, String key, @Nullable String value) {
        if (value != null) {
            parameters.put(key, value);
        }
    }

    private static String joined(Set<String> values) {
        if (values.isEmpty() || values.size() > MOST_AT_ONCE) {
            throw new IllegalArgumentException("1 to " + MOST_AT_ONCE + " at once, not " + values.size());
        }
        return String.join(",", values);
    }

    private static String checkedHandle(String handle) {
        if (!handle.matches("[A-Za-z0-9_]{1,15}")) {
            throw new IllegalArgumentException("not a handle");
        }
        return handle;
    }

    private static String checkedId(String id) {
        if (!XPosts.isId(id)) {
            throw new IllegalArgumentException("not an id");
        }
        return id;
    }
}

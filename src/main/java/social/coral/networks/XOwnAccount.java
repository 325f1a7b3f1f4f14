package social.coral.networks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.networks.XWire.AuthoredAnswer;
import social.coral.networks.XWire.User;
import social.coral.networks.XWire.UserAnswer;
import tools.jackson.databind.JsonNode;

/** X, and whatever speaks X API v2, read as an account: signed by OAuth 1.0a, or with a key of the sandbox. */
final class XOwnAccount implements OwnAccount {

    private static final String FIELDS = XApiClient.POST_FIELDS + ",reply_settings";
    private static final String EVERYONE = "everyone";
    /** Whoever is mentioned may answer, and what is read here mentions the account. */
    private static final Set<String> OPEN = Set.of(EVERYONE, "mentionedUsers");
    private static final String NOBODY = "unknown";

    private final Network network;
    private final String keys;
    private final XCalls calls;
    private final XFaults faults;

    XOwnAccount(Network network, String keys, XCalls calls, XFaults faults) {
        this.network = network;
        this.keys = keys;
        this.calls = calls;
        this.faults = faults;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public String keys() {
        return keys;
    }

    @Override
    public NetworkUser me() {
        UserAnswer answer = calls.get("/2/users/me", new XCalls.Most(XApiClient.USER, 1, 0), null, "/2/users/me", Map.of(), UserAnswer.class);
        if (answer.data() == null) {
            throw faults.malformed("did not say whose account the keys are for");
        }
        return XApiClient.read(answer.data(), faults);
    }

    @Override
    public MentionPage mentions(NetworkUser me, PostQuery query) {
        Map<String, String> parameters = XApiClient.parameters(query, FIELDS);
        parameters.putAll(withAuthors());
        AuthoredAnswer answer = calls.get("/2/users/{id}/mentions", new XCalls.Most(XApiClient.POST, query.size(), query.size()), "@" + me.handle(),
                "/2/users/" + XApiClient.checkedId(me.id()) + "/mentions", parameters, AuthoredAnswer.class);
        XApiClient.throwIfEmptyForAReason(answer, answer.data(), answer.meta(), "@" + me.handle(), faults);
        List<AuthoredPost> posts = new ArrayList<>();
        List<LeftOut> leftOut = new ArrayList<>();
        String newestId = read(answer, posts, leftOut);
        String next = answer.meta() == null ? null : answer.meta().nextToken();
        return new MentionPage(posts, next != null && XApiClient.isUsable(next) && !next.equals(query.pageToken()) ? next : null, newestId, leftOut);
    }

    @Override
    public Found posts(Collection<String> ids) {
        String joined = XApiClient.joined(ids);
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("ids", joined, "tweet.fields", FIELDS));
        parameters.putAll(withAuthors());
        AuthoredAnswer answer = calls.get("/2/tweets", new XCalls.Most(XApiClient.POST, ids.size(), ids.size()), null, "/2/tweets", parameters, AuthoredAnswer.class);
        if (answer.data() == null && answer.problems().isEmpty()) {
            throw faults.malformed("answered neither with posts nor with a reason");
        }
        List<AuthoredPost> posts = new ArrayList<>();
        read(answer, posts, new ArrayList<>());
        Map<String, AuthoredPost> found = new HashMap<>();
        posts.stream().filter(one -> ids.contains(one.post().id())).forEach(one -> found.put(one.post().id(), one));
        Set<String> closed = new HashSet<>(answer.closed());
        closed.retainAll(ids);
        return new Found(found, closed);
    }

    private static Map<String, String> withAuthors() {
        return Map.of("expansions", "author_id", "user.fields", "id,name,username");
    }

    /** Reads the posts with their authors, and returns the newest id of all. A repost is nobody's mention, and left out without a word. */
    private @Nullable String read(AuthoredAnswer answer, List<AuthoredPost> posts, List<LeftOut> leftOut) {
        Map<String, NetworkUser> authors = authors(answer);
        String newestId = null;
        for (JsonNode json : answer.data() == null ? List.<JsonNode>of() : answer.data()) {
            String authorId = json.path("author_id").asString("");
            NetworkUser author = authors.get(authorId);
            PostPage one = new XPosts(authorId, author == null ? NOBODY : author.handle(), calls.now(), faults).page(List.of(json), null);
            newestId = one.newestId() == null ? newestId : PostIds.newer(newestId, one.newestId());
            one.leftOut().stream().filter(left -> !left.why().equals(XPosts.A_REPOST)).forEach(leftOut::add);
            for (Post post : one.posts()) {
                if (author == null) {
                    leftOut.add(new LeftOut(post.id(), "without its author"));
                } else {
                    posts.add(new AuthoredPost(post, authorId, author.name(), !OPEN.contains(json.path("reply_settings").asString(EVERYONE))));
                }
            }
        }
        return newestId;
    }

    /** An author who cannot be read costs the author's posts and no others. */
    private static Map<String, NetworkUser> authors(AuthoredAnswer answer) {
        Map<String, NetworkUser> authors = new HashMap<>();
        for (JsonNode json : answer.authors()) {
            User user = XWire.tolerant(json, User.class).orElse(null);
            if (user != null && PostIds.isId(user.id()) && user.username() != null && NetworkUser.isHandle(user.username())) {
                String id = String.valueOf(user.id());
                authors.put(id, new NetworkUser(id, user.username(), user.name() == null ? user.username() : user.name()));
            }
        }
        return authors;
    }
}

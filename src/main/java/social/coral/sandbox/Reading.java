package social.coral.sandbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import social.coral.sandbox.World.Window;

/** The reading calls of X API v2. */
final class Reading {

    private static final int LEAST_POSTS = 5;
    private static final int MAX_POSTS = 100;
    private static final int USUAL_POSTS = 10;

    private final World world;

    Reading(World world) {
        this.world = world;
    }

    Answer userByName(Request request, String handle) {
        Parameters parameters = new Parameters(request, "user.fields", "tweet.fields", "expansions");
        if (!handle.matches("[A-Za-z0-9_]{1,15}")) {
            throw Refusal.value("username", handle, "does not match ^[A-Za-z0-9_]{1,15}$");
        }
        Account account = visible(handle);
        return account == null
                ? Answer.json(200, Map.of("errors", List.of(absent(handle, "username"))))
                : Answer.json(200, Map.of("data", shape(account, parameters.userFields())));
    }

    Answer usersByNames(Request request) {
        Parameters parameters = new Parameters(request, "usernames", "user.fields", "tweet.fields", "expansions");
        List<Object> found = new ArrayList<>();
        List<Object> errors = new ArrayList<>();
        for (String handle : parameters.several("usernames")) {
            if (!handle.matches("[A-Za-z0-9_]{1,15}")) {
                throw Refusal.value("usernames", handle, "does not match ^[A-Za-z0-9_]{1,15}$");
            }
            Account account = visible(handle);
            if (account == null) {
                errors.add(absent(handle, "usernames"));
            } else {
                found.add(shape(account, parameters.userFields()));
            }
        }
        return list(found, List.of(), errors, null);
    }

    Answer me(Request request, Account account) {
        Parameters parameters = new Parameters(request, "user.fields", "tweet.fields", "expansions");
        return Answer.json(200, Map.of("data", shape(account, parameters.userFields())));
    }

    private @Nullable Account visible(String handle) {
        Author author = world.authors().byHandle(handle);
        return author != null && author.state() == Author.State.SUSPENDED ? null : world.byHandle(handle);
    }

    private Map<String, Object> absent(String handle, String parameter) {
        return world.authors().byHandle(handle) == null
                ? Refusal.missing("user", parameter, handle)
                : Refusal.suspended(parameter, handle);
    }

    private Map<String, Object> shape(Account account, Set<String> fields) {
        Author author = world.authors().byId(account.id());
        int posts = author == null ? world.own().of(account).size() : Timelines.depth(author);
        return Shapes.user(account, author != null && author.state() == Author.State.PROTECTED, posts, fields);
    }

    /** Returns an account's list of posts. */
    private interface Source {
        List<SandboxPost> read(Account account, Window window, long now);
    }

    Answer timeline(Request request, String user, long now) {
        return page(request, user, now, 1, world::timeline);
    }

    Answer mentions(Request request, String user, long now) {
        return page(request, user, now, 2, world::mentions);
    }

    private Answer page(Request request, String user, long now, long kind, Source source) {
        Parameters parameters = new Parameters(request, "max_results", "since_id", "start_time", "until_id", "pagination_token", "exclude",
                "tweet.fields", "user.fields", "expansions");
        long userId = Parameters.id("id", user);
        int size = parameters.number("max_results", USUAL_POSTS, LEAST_POSTS, MAX_POSTS);
        Set<String> fields = parameters.tweetFields();
        Account account = world.byId(userId);
        Map<String, Object> refused = account == null ? Refusal.missing("user", "id", user) : closed(account);
        if (account == null || refused != null) {
            return Answer.json(200, Map.of("errors", List.of(refused == null ? Map.of() : refused)));
        }
        long list = userId * 4 + kind;
        String token = parameters.text("pagination_token");
        long before = parameters.id("until_id", Long.MAX_VALUE);
        before = token == null ? before : Math.min(before, PageToken.read(token, list, now / 1000).before());
        Window window = new Window(before, Math.max(parameters.id("since_id", 0), parameters.startOf("start_time")), parameters.wanted(), size + 1);
        List<SandboxPost> posts = source.read(account, window, now);
        List<SandboxPost> shown = posts.size() > size ? posts.subList(0, size) : posts;
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("result_count", shown.size());
        if (!shown.isEmpty()) {
            meta.put("newest_id", Long.toString(shown.getFirst().id()));
            meta.put("oldest_id", Long.toString(shown.getLast().id()));
        }
        if (posts.size() > size) {
            meta.put("next_token", PageToken.issue(list, shown.getLast().id(), now / 1000));
        }
        return list(List.copyOf(shown.stream().map(post -> (Object) Shapes.tweet(post, fields, now)).toList()), authors(parameters, shown), List.of(), meta);
    }

    private @Nullable Map<String, Object> closed(Account account) {
        Author author = world.authors().byId(account.id());
        String id = Long.toString(account.id());
        return author == null || author.state() == Author.State.ACTIVE ? null
                : author.state() == Author.State.PROTECTED
                        ? Refusal.partial("Authorization Error", "Sorry, you are not authorized to see the user with id: [" + id + "].",
                                "not-authorized-for-resource", "user", "id", id)
                        : Refusal.suspended("id", id);
    }

    Answer posts(Request request, long now) {
        Parameters parameters = new Parameters(request, "ids", "tweet.fields", "user.fields", "expansions");
        List<Object> found = new ArrayList<>();
        List<SandboxPost> posts = new ArrayList<>();
        List<Object> errors = new ArrayList<>();
        for (String text : parameters.several("ids")) {
            SandboxPost post = world.find(Parameters.id("ids", text), now);
            if (post == null) {
                errors.add(Refusal.missing("tweet", "ids", text));
            } else {
                posts.add(post);
                found.add(Shapes.tweet(post, parameters.tweetFields(), now));
            }
        }
        return list(found, authors(parameters, posts), errors, null);
    }

    /** The accounts that wrote these posts, each once, where the client asked for them. */
    private List<Object> authors(Parameters parameters, List<SandboxPost> posts) {
        if (!parameters.expansions().contains("author_id")) {
            return List.of();
        }
        return posts.stream().map(SandboxPost::authorId).distinct().map(world::byId).filter(Objects::nonNull)
                .map(account -> (Object) shape(account, parameters.userFields())).toList();
    }

    /** X leaves out empty members. */
    private static Answer list(List<Object> data, List<Object> users, List<Object> errors, @Nullable Map<String, Object> meta) {
        Map<String, Object> answer = new LinkedHashMap<>();
        if (!data.isEmpty()) {
            answer.put("data", data);
        }
        if (!users.isEmpty()) {
            answer.put("includes", Map.of("users", users));
        }
        if (!errors.isEmpty()) {
            answer.put("errors", errors);
        }
        if (meta != null) {
            answer.put("meta", meta);
        }
        return Answer.json(200, answer);
    }
}

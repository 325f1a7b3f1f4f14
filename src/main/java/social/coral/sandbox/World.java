package social.coral.sandbox;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sandbox's whole world: its authors, the accounts that clients act as, and the crowd around them. */
final class World {

    private static final Comparator<SandboxPost> NEWEST_FIRST = Comparator.comparingLong(SandboxPost::id).reversed();

    private final Authors authors = new Authors();
    private final Timelines timelines;
    private final OwnAccounts own;
    private final Crowd crowd;

    World(OwnAccounts own) {
        this.own = own;
        this.crowd = new Crowd(own);
        PostTimes moments = new PostTimes();
        this.timelines = new Timelines(moments, new PostGenerator(authors, moments, new Trends(authors)));
    }

    Authors authors() {
        return authors;
    }

    OwnAccounts own() {
        return own;
    }

    @Nullable Account byHandle(String handle) {
        Author author = authors.byHandle(handle);
        return author != null ? author.account()
                : others().filter(account -> account.handle().equalsIgnoreCase(handle)).findFirst().orElse(null);
    }

    @Nullable Account byId(long id) {
        Author author = authors.byId(id);
        return author != null ? author.account() : others().filter(account -> account.id() == id).findFirst().orElse(null);
    }

    private Stream<Account> others() {
        return Stream.concat(own.accounts().stream(), crowd.people().stream());
    }

    /** A window of a list of posts: ids below {@code before} and above {@code since}, at most {@code most} of them. */
    record Window(long before, long since, Predicate<SandboxPost> wanted, int most) {

        boolean holds(SandboxPost post) {
            return post.id() < before && post.id() > since && wanted.test(post);
        }
    }

    List<SandboxPost> timeline(Account account, Window window, long now) {
        Author author = authors.byId(account.id());
        if (author != null) {
            return timelines.page(author, now, window.before(), window.since(), window.wanted(), window.most());
        }
        return cut(Stream.concat(own.of(account).stream(), crowdPosts(now).filter(post -> post.authorId() == account.id())), window);
    }

    /** Returns the mentions of an account. */
    List<SandboxPost> mentions(Account account, Window window, long now) {
        Predicate<SandboxPost> toAccount = post -> post.isReply() && post.reference() != null
                && post.reference().authorId() == account.id() && post.authorId() != account.id();
        Predicate<SandboxPost> wanted = toAccount.and(window.wanted());
        Stream<SandboxPost> authored = authors.active().stream()
                .flatMap(author -> timelines.page(author, now, window.before(), window.since(), wanted, window.most()).stream());
        Stream<SandboxPost> crowded = own.byHandle(account.handle()) == null ? Stream.empty() : crowd.mentions(account, now).stream();
        return cut(Stream.concat(Stream.concat(authored, own.all().stream().filter(toAccount)), crowded), window);
    }

    @Nullable SandboxPost find(long id, long now) {
        int number = Snowflake.author(id);
        if (number == Snowflake.OWN) {
            return own.find(id);
        }
        if (number == Snowflake.CROWD) {
            return crowdPosts(now).filter(post -> post.id() == id).findFirst().orElse(null);
        }
        Author author = authors.byNumber(number);
        return author == null || author.state() != Author.State.ACTIVE ? null : timelines.find(author, id, now);
    }

    private Stream<SandboxPost> crowdPosts(long now) {
        return own.accounts().stream().flatMap(account -> crowd.mentions(account, now).stream());
    }

    private static List<SandboxPost> cut(Stream<SandboxPost> posts, Window window) {
        return posts.filter(window::holds).sorted(NEWEST_FIRST).limit(window.most()).toList();
    }
}

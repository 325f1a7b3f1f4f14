package social.coral.content;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.networks.NetworkUser;
import social.coral.tenancy.TenantDoor;

/** Removes collected and imported posts that a person wants forgotten, for good. The audit keeps whose they were and none of their words. */
@Component
public final class ForgottenPosts {

    private static final int BATCH_SIZE = 2_000;
    /** A request removes so many batches of an author's posts; each is a transaction, so that nobody waits long for its locks. */
    private static final int MAX_BATCHES = 10;

    /** How many posts of an author there are, by the way they came. */
    public record Amount(long collected, long imported) {
        public long all() {
            return collected + imported;
        }
    }

    /**
     * What a request has removed.
     *
     * @param done whether none are left; otherwise the same request again goes on
     */
    public record Forgotten(int posts, boolean done) {}

    /** @param imports the import of each post that an import had added */
    private record Removed(String author, int posts, List<UUID> imports) {}

    private final TenantDoor door;
    private final ApplicationEventPublisher events;

    ForgottenPosts(TenantDoor door, ApplicationEventPublisher events) {
        this.door = door;
        this.events = events;
    }

    /** Removes one post. */
    public void forget(UUID id) {
        door.transaction(() -> {
            Removed post = door.sql("""
                    delete from public.tweets_cache where user_id = :tenant and id = :id
                    returning author, case when source = 'imported' then import_id end as added_by
                    """)
                    .param("id", id)
                    .first(row -> new Removed(row.getString("author"), 1, Stream.ofNullable(row.getObject("added_by", UUID.class)).toList()))
                    .orElseThrow(Failure::notFound);
            enter(post);
        });
    }

    /** Removes all posts of an author, who is given as a handle, or as many as a request can. */
    public Forgotten forgetAllBy(String author) {
        String handle = handle(author);
        int posts = 0;
        for (int batch = 0; batch < MAX_BATCHES; batch++) {
            int removed = door.transaction(() -> removeSome(handle));
            posts += removed;
            if (removed < BATCH_SIZE) {
                return new Forgotten(posts, true);
            }
        }
        return new Forgotten(posts, countBy(handle).all() == 0);
    }

    private int removeSome(String author) {
        Removed some = door.sql("""
                with gone as (
                  delete from public.tweets_cache where user_id = :tenant and id = any(array(
                    select id from public.tweets_cache where user_id = :tenant and author = :author order by created_at desc, id limit :most))
                  returning case when source = 'imported' then import_id end as added_by)
                select count(*) as posts, array(select added_by from gone where added_by is not null) as added_by from gone
                """)
                .param("author", author)
                .param("most", BATCH_SIZE)
                .one(row -> new Removed(author, row.getInt("posts"), List.of((UUID[]) row.getArray("added_by").getArray())));
        if (some.posts() > 0) {
            enter(some);
        }
        return some.posts();
    }

    private void enter(Removed removed) {
        door.removed(CollectedPosts.TABLE);
        events.publishEvent(new PostsForgotten(removed.imports()));
        door.audit("posts.forgotten", (removed.posts() == 1 ? "1 post" : removed.posts() + " posts") + " by @" + removed.author());
    }

    /** Counts the posts of an author, who is given as a handle. */
    public Amount countBy(String author) {
        return door.sql("""
                select count(*) filter (where source = 'collected') as collected, count(*) filter (where source = 'imported') as imported
                from public.tweets_cache where user_id = :tenant and author = :author
                """)
                .param("author", handle(author))
                .one(row -> new Amount(row.getLong("collected"), row.getLong("imported")));
    }

    /** Also one of the old handles, which are longer than a new one can be. */
    private static String handle(String typed) {
        String name = typed.strip();
        name = name.startsWith("@") ? name.substring(1) : name;
        if (!NetworkUser.isHandle(name)) {
            throw Failure.invalid("author", name.isEmpty() ? "Enter a handle." : "A handle has 1 to 15 letters A to Z, digits or _.");
        }
        return name.toLowerCase(Locale.ROOT);
    }
}

package social.coral.content;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.content.CollectedPost.Source;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.networks.PostPage;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Stores the pages of timelines among the {@link CollectedPosts}. */
@Component
final class CollectedPages {

    /**
     * What stays of an imported post that X tells itself now.
     *
     * @param attributedTo the author whom a person has named
     * @param inReplyToId as X's own record has it
     * @param firstWritten the time of the first version of an edited post
     */
    private record ImportedBefore(UUID id, @Nullable String attributedTo, @Nullable String lang, @Nullable String conversationId, @Nullable String inReplyToId,
            @Nullable Instant firstWritten, String status, @Nullable String olderVersions) {

        static ImportedBefore nothing() {
            return new ImportedBefore(UUID.randomUUID(), null, null, null, null, null, "unprocessed", null);
        }
    }

    private final TenantDoor door;

    CollectedPages(TenantDoor door) {
        this.door = door;
    }

    /**
     * Stores posts from a timeline and returns how many were new. Of those that were collected before only the counts change. Those that were
     * imported become what X says, but for an author whom a person has named, and for what X does not tell.
     */
    int store(Network network, PostPage page) {
        List<Post> posts = page.posts();
        if (posts.isEmpty()) {
            return 0;
        }
        return door.transaction(() -> {
            removeOlderVersions(network, page);
            int added = storeOrRefresh(network, page);
            if (added > 0) {
                door.audit("posts.collected", (added == 1 ? "1 post" : added + " posts") + " from @" + posts.getFirst().author());
            }
            return added;
        });
    }

    private void removeOlderVersions(Network network, PostPage page) {
        List<String> older = page.olderVersions().values().stream().flatMap(List::stream).toList();
        if (!older.isEmpty()) {
            door.sql("delete from public.tweets_cache where user_id = :tenant and network = :network and tweet_id in (:older)")
                    .param("network", network)
                    .param("older", older)
                    .update();
        }
    }

    private int storeOrRefresh(Network network, PostPage page) {
        Map<String, ImportedBefore> imported = takeImported(network, page.posts().stream().map(Post::id).toList());
        return (int) door.sql("""
                insert into public.tweets_cache (id, network, tweet_id, author, content, lang, conversation_id, in_reply_to_id,
                  likes, retweets, replies, created_at, source, status, attributed, older_versions)
                values :rows
                on conflict (user_id, network, tweet_id) do update
                set likes = excluded.likes, retweets = excluded.retweets, replies = excluded.replies, counts_at = excluded.counts_at
                returning xmax = 0
                """)
                .rows("rows", rows(network, page, imported))
                .list(row -> row.getBoolean(1)).stream().filter(isNew -> isNew).count() - imported.size();
    }

    /** Removes what was imported of these posts, because nobody may change the time of a row, and returns what stays of it. */
    private Map<String, ImportedBefore> takeImported(Network network, List<String> ids) {
        Map<String, ImportedBefore> imported = new HashMap<>();
        door.sql("""
                delete from public.tweets_cache where user_id = :tenant and network = :network and tweet_id in (:ids) and source = 'imported'
                returning id, tweet_id, author, lang, conversation_id, in_reply_to_id, created_at, status, attributed, older_versions, origin
                """)
                .param("network", network)
                .param("ids", ids)
                .each(row -> imported.put(row.getString("tweet_id"), new ImportedBefore(Columns.id(row), row.getBoolean("attributed") ? row.getString("author") : null,
                        row.getString("lang"), row.getString("conversation_id"), row.getString("origin").equals("table") ? null : row.getString("in_reply_to_id"),
                        row.getString("older_versions") == null ? null : Columns.instant(row, "created_at"), row.getString("status"), row.getString("older_versions"))));
        return imported;
    }

    // Each id once, because a statement may touch a row once, and in one order, because two that overlap may run at once.
    private static List<Object[]> rows(Network network, PostPage page, Map<String, ImportedBefore> imported) {
        Map<String, Post> byId = new TreeMap<>(PostIds.OLDEST_FIRST);
        page.posts().forEach(post -> byId.put(post.id(), post));
        return byId.values().stream().map(post -> row(network, post, page.olderVersions().get(post.id()), imported.getOrDefault(post.id(), ImportedBefore.nothing()))).toList();
    }

    private static Object[] row(Network network, Post post, @Nullable List<String> versions, ImportedBefore before) {
        return new Object[] {
            before.id(), network, post.id(), before.attributedTo() == null ? post.author() : before.attributedTo(), post.text(), known(post.lang(), before.lang()),
            known(post.conversationId(), before.conversationId()), known(post.inReplyToId(), before.inReplyToId()),
            post.counts().likes(), post.counts().retweets(), post.counts().replies(),
            before.firstWritten() != null && before.firstWritten().isBefore(post.createdAt()) ? before.firstWritten() : post.createdAt(),
            Source.COLLECTED, before.status(), before.attributedTo() != null, versions == null ? before.olderVersions() : String.join(" ", versions)
        };
    }

    private static @Nullable String known(@Nullable String told, @Nullable String before) {
        return told == null ? before : told;
    }
}

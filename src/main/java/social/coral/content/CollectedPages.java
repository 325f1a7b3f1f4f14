package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.content.CollectedPost.Source;
import social.coral.networks.ComparedText;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.networks.PostIds;
import social.coral.networks.PostPage;
import social.coral.networks.PostVersions;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** Stores the pages of timelines among the {@link CollectedPosts}. */
@Component
final class CollectedPages {

    private static final int MAX_EDITED = 5_000;

    /**
     * What stays of an imported post that X tells itself now.
     *
     * @param text of which X may give only the beginning
     * @param attributedTo the author whom a person has named
     * @param inReplyToId as X's own record has it
     * @param firstWritten the time of the first version of an edited post
     */
    private record ImportedBefore(UUID id, @Nullable String text, @Nullable String attributedTo, @Nullable String lang, @Nullable String conversationId, @Nullable String inReplyToId,
            @Nullable Instant firstWritten, String status, @Nullable String olderVersions,
            @Nullable UUID importId, @Nullable String alsoIn, boolean namesAuthor) {

        static ImportedBefore nothing() {
            return new ImportedBefore(UUID.randomUUID(), null, null, null, null, null, null, "unprocessed", null, null, null, false);
        }

        String textBeside(String collected) {
            return text != null && ComparedText.of(collected).isCutShortOf(ComparedText.of(text)) ? text : collected;
        }
    }

    private final TenantDoor door;

    CollectedPages(TenantDoor door) {
        this.door = door;
    }

    /**
     * Stores posts from a timeline and returns how many were new. Of those that were collected before only the counts change. Those that were
     * imported become what X says, but for an author whom a person has named, and for what X does not tell. They stay their import's as well.
     */
    int store(Network network, PostPage page) {
        if (page.posts().isEmpty()) {
            return 0;
        }
        return door.transaction(() -> {
            Map<String, String> newest = new HashMap<>();
            page.olderVersions().forEach((id, older) -> addVersions(newest, id, older));
            if (!newest.isEmpty()) {
                removeVersions(network, newest.keySet());
                redirectReplies(network, newest);
            }
            addStoredVersions(newest, network, page);
            List<Post> posts = page.posts().stream().filter(post -> !newest.containsKey(post.id()))
                    .map(post -> post.answering(newest.get(post.conversationId()), newest.get(post.inReplyToId()))).toList();
            int added = posts.isEmpty() ? 0 : storeOrRefresh(network, posts, page.olderVersions());
            if (added > 0) {
                door.audit("posts.collected", (added == 1 ? "1 post" : added + " posts") + " from @" + posts.getFirst().author());
            }
            return added;
        });
    }

    private void removeVersions(Network network, Collection<String> older) {
        door.removed(CollectedPosts.TABLE);
        door.sql("delete from public.tweets_cache where user_id = :tenant and network = :network and tweet_id in (:older)")
                .param("network", network)
                .param("older", older)
                .update();
    }

    /** Makes replies to earlier versions replies to the newest. */
    private void redirectReplies(Network network, Map<String, String> newestByOlder) {
        door.sql("""
                with versions as (select * from (values :rows) as pairs (older, newest))
                update public.tweets_cache as post set
                  in_reply_to_id = coalesce((select newest from versions where older = post.in_reply_to_id), post.in_reply_to_id),
                  conversation_id = coalesce((select newest from versions where older = post.conversation_id), post.conversation_id)
                where post.user_id = :tenant and post.network = :network and post.id = any(array(
                  select reply.id from versions cross join lateral (
                    select id from public.tweets_cache where user_id = :tenant and in_reply_to_id = versions.older
                    union all
                    select id from public.tweets_cache where user_id = :tenant and coalesce(conversation_id, in_reply_to_id) = versions.older) as reply))
                """)
                .param("network", network)
                .rows("rows", newestByOlder.entrySet().stream().map(version -> new Object[] {version.getKey(), version.getValue()}).toList())
                .update();
    }

    /** Adds the versions of edited posts of the page's time that are stored from earlier pages. */
    private void addStoredVersions(Map<String, String> newest, Network network, PostPage page) {
        Comparator<Instant> order = Comparator.naturalOrder();
        door.sql("""
                select tweet_id, older_versions from public.tweets_cache
                where user_id = :tenant and network = :network and older_versions is not null and created_at between :first and :last
                order by created_at desc, id limit :most
                """)
                .param("network", network)
                .param("first", page.posts().stream().map(Post::createdAt).min(order).orElseThrow().minus(PostVersions.EDITABLE))
                .param("last", page.posts().stream().map(Post::createdAt).max(order).orElseThrow())
                .param("most", MAX_EDITED)
                .each(row -> addVersions(newest, row.getString("tweet_id"), List.of(row.getString("older_versions").split(" "))));
    }

    private static void addVersions(Map<String, String> newest, String id, List<String> older) {
        older.forEach(version -> newest.merge(version, id, PostIds::newer));
    }

    private int storeOrRefresh(Network network, List<Post> posts, Map<String, List<String>> versions) {
        Map<String, ImportedBefore> imported = takeImported(network, posts.stream().map(Post::id).toList());
        imported.putAll(takeImportedWithoutIds(network, posts));
        List<String> added = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        door.sql("""
                insert into public.tweets_cache (id, network, tweet_id, author, content, lang, conversation_id, in_reply_to_id,
                  likes, retweets, replies, created_at, source, status, attributed, older_versions, import_id, also_in, names_author)
                values :rows
                on conflict (user_id, network, tweet_id) do update
                set likes = excluded.likes, retweets = excluded.retweets, replies = excluded.replies, counts_at = excluded.counts_at
                returning id, tweet_id, xmax = 0 as is_new
                """)
                .rows("rows", rows(network, posts, versions, imported))
                .each(row -> {
                    if (row.getBoolean("is_new")) {
                        added.add(row.getString("tweet_id"));
                        ids.add(Columns.id(row));
                    }
                });
        door.changed(CollectedPosts.TABLE, ids);
        added.removeAll(imported.keySet());
        return added.size();
    }

    /** Removes what was imported of these posts, because nobody may change the time of a row, and returns what stays of it. */
    private Map<String, ImportedBefore> takeImported(Network network, List<String> ids) {
        Map<String, ImportedBefore> imported = new HashMap<>();
        door.sql("""
                delete from public.tweets_cache where user_id = :tenant and network = :network and tweet_id in (:ids) and source = 'imported'
                returning id, tweet_id, author, content, lang, conversation_id, in_reply_to_id, created_at, status, attributed, older_versions, origin,
                  import_id, also_in, names_author
                """)
                .param("network", network)
                .param("ids", ids)
                .each(row -> imported.put(row.getString("tweet_id"), before(row)));
        return imported;
    }

    /** The same for posts that a file gave without ids: those of the same author and text at the time, as far as the file tells it. */
    private Map<String, ImportedBefore> takeImportedWithoutIds(Network network, List<Post> posts) {
        Map<String, ImportedBefore> imported = new HashMap<>();
        door.sql("""
                delete from public.tweets_cache as post using (values :rows) as given (id, author, content, time)
                where post.user_id = :tenant and post.network = :network and post.tweet_id like 'd-%' and post.source = 'imported'
                  and post.author = given.author and post.created_at = given.time and post.content = given.content
                returning given.id as collected_id, post.id, post.author, post.content, lang, conversation_id, in_reply_to_id, created_at, status, attributed,
                  older_versions, origin, import_id, also_in, names_author
                """)
                .param("network", network)
                .rows("rows", posts.stream()
                        .flatMap(post -> post.timesInTables().map(time -> new Object[] {post.id(), post.author(), post.text(), time})).toList())
                .each(row -> imported.putIfAbsent(row.getString("collected_id"), before(row)));
        return imported;
    }

    private static ImportedBefore before(ResultSet row) throws SQLException {
        return new ImportedBefore(Columns.id(row), row.getString("content"), row.getBoolean("attributed") ? row.getString("author") : null,
                row.getString("lang"), row.getString("conversation_id"), row.getString("origin").equals("table") ? null : row.getString("in_reply_to_id"),
                row.getString("older_versions") == null ? null : Columns.instant(row, "created_at"), row.getString("status"), row.getString("older_versions"),
                row.getObject("import_id", UUID.class), row.getString("also_in"), row.getBoolean("names_author"));
    }

    // Each id once, because a statement may touch a row once, and in one order, because two that overlap may run at once.
    private static List<Object[]> rows(Network network, List<Post> posts, Map<String, List<String>> versions, Map<String, ImportedBefore> imported) {
        Map<String, Post> byId = new TreeMap<>(PostIds.OLDEST_FIRST);
        posts.forEach(post -> byId.put(post.id(), post));
        return byId.values().stream().map(post -> row(network, post, versions.get(post.id()), imported.getOrDefault(post.id(), ImportedBefore.nothing()))).toList();
    }

    private static Object[] row(Network network, Post post, @Nullable List<String> versions, ImportedBefore before) {
        return new Object[] {
            before.id(), network, post.id(), before.attributedTo() == null ? post.author() : before.attributedTo(), before.textBeside(post.text()), known(post.lang(), before.lang()),
            known(post.conversationId(), before.conversationId()), known(post.inReplyToId(), before.inReplyToId()),
            post.counts().likes(), post.counts().retweets(), post.counts().replies(),
            before.firstWritten() != null && before.firstWritten().isBefore(post.createdAt()) ? before.firstWritten() : post.createdAt(),
            Source.COLLECTED, before.status(), before.attributedTo() != null, versions == null ? before.olderVersions() : String.join(" ", versions),
            before.importId(), before.alsoIn(), before.namesAuthor()
        };
    }

    private static @Nullable String known(@Nullable String told, @Nullable String before) {
        return told == null ? before : told;
    }
}

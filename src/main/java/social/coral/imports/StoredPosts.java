package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.content.CollectedPosts;
import social.coral.imports.ImportStore.Change;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.portability.CountedBatch;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The rows of imported posts, written by one import, and those of collected ones that it has as well. */
final class StoredPosts {

    /**
     * @param collected whether its account was asked for it
     * @param ofThis whether this import added it
     * @param ofThisSheet whether it did so from the sheet that is read, or from one file
     * @param inThis whether this import has had it as well
     */
    record Known(ReadPost stored, boolean collected, boolean ofThis, boolean ofThisSheet, boolean inThis) {

        /** Returns it with what the file knows better. */
        ReadPost with(ReadPost read) {
            return collected ? BetterPost.collected(stored, read.post().text()) : BetterPost.of(stored, read);
        }

        ReadPost with(Change change) {
            if (collected) {
                return change.text() == null ? stored : BetterPost.collected(stored, change.text());
            }
            return stored.with(change.of(post())).as(change.text() == null ? stored.origin() : Origin.X);
        }

        Post post() {
            return stored.post();
        }
    }

    /** @param alsoIn the ids of the imports that had it as well, with spaces between them */
    record Removed(String id, Instant time, @Nullable UUID importId, String alsoIn) {

        /** Returns the ids of all imports that had it. */
        List<String> imports() {
            return Stream.concat(Stream.ofNullable(importId).map(UUID::toString), Stream.of(alsoIn.split(" ")).filter(one -> !one.isEmpty())).toList();
        }
    }

    /** Twenty ids with the spaces between them, the newest imports last; beyond that the oldest is forgotten. */
    private static final int MAX_ALSO_IN = 20 * 37 - 1;

    private final TenantDoor door;
    private final UUID importId;
    private Instant sheetBegan = Instant.EPOCH;

    StoredPosts(TenantDoor door, UUID importId) {
        this.door = door;
        this.importId = importId;
    }

    UUID importId() {
        return importId;
    }

    /** Notes that the rows of another sheet without ids follow. */
    void sheetBegins() {
        sheetBegan = door.sql("select clock_timestamp() as now").one(row -> Columns.instant(row, "now"));
    }

    /** Notes that rows of a sheet follow of which some came before. */
    void sheetGoesOn() {
        sheetBegan = Instant.EPOCH;
    }

    /** Returns when the rows began that follow, in the database; 1970 if none were of another sheet. */
    Instant sheetBegan() {
        return sheetBegan;
    }

    CountedBatch.Written insert(Collection<ReadPost> posts) {
        List<UUID> added = new ArrayList<>();
        CountedBatch.Written written = CountedBatch.Written.by(door.sql("""
                insert into public.tweets_cache (network, tweet_id, author, content, lang, conversation_id, in_reply_to_id,
                  likes, retweets, replies, counts_told, replies_told, created_at, source, import_id, names_author, older_versions, origin)
                values :rows
                on conflict (user_id, network, tweet_id) do nothing
                returning cast(pg_current_xact_id() as text), id
                """)
                .rows("rows", posts.stream().map(this::row).toList()), row -> added.add(Columns.id(row)));
        door.changed(CollectedPosts.TABLE, added);
        return written;
    }

    private Object[] row(ReadPost read) {
        Post post = read.post();
        return new Object[] {
            "x", post.id(), post.author(), post.text(), post.lang(), post.conversationId(), post.inReplyToId(), post.counts().likes(),
            post.counts().retweets(), post.counts().replies(), post.counts().told(), post.counts().repliesTold(), post.createdAt(), "imported", importId, read.namesAuthor(), olderVersions(read),
            read.origin()
        };
    }

    private static @Nullable String olderVersions(ReadPost read) {
        return read.olderVersions().isEmpty() ? null : String.join(" ", read.olderVersions());
    }

    /** Returns those of these posts that are here. */
    List<Known> known(Collection<String> ids) {
        return ids.isEmpty() ? List.of() : door.sql("""
                select tweet_id, author, content, lang, conversation_id, in_reply_to_id, created_at, likes, retweets, replies, counts_told,
                  replies_told, names_author,
                  attributed, origin, coalesce(older_versions, '') as older_versions, source = 'collected' as collected,
                  import_id is not distinct from :own as of_this, collected_at >= :sheet_began as of_this_sheet,
                  coalesce(also_in, '') like '%' || cast(:own as text) || '%' as in_this
                from public.tweets_cache where user_id = :tenant and network = 'x' and tweet_id in (:ids)
                """)
                .param("own", importId)
                .param("sheet_began", sheetBegan)
                .param("ids", List.copyOf(ids))
                .list(row -> new Known(
                        new ReadPost(
                                new Post(row.getString("tweet_id"), row.getString("author"), row.getString("content"), Columns.instant(row, "created_at"),
                                        row.getString("lang"), row.getString("conversation_id"), row.getString("in_reply_to_id"),
                                        new PostCounts(row.getInt("likes"), row.getInt("retweets"), row.getInt("replies"),
                                                row.getBoolean("counts_told"), row.getBoolean("replies_told"))),
                                Columns.word(row, "post " + row.getString("tweet_id"), "origin", Columns.constant(Origin.class)), row.getBoolean("names_author"), row.getBoolean("attributed"),
                                row.getString("older_versions").isEmpty() ? List.of() : List.of(row.getString("older_versions").split(" ")), Set.of()),
                        row.getBoolean("collected"), row.getBoolean("of_this") && !row.getBoolean("collected"), row.getBoolean("of_this_sheet"),
                        row.getBoolean("in_this") || row.getBoolean("of_this")));
    }

    /**
     * Puts changed rows in the place of the old ones, because nobody may change the time of a row.
     *
     * @param posts by the ids under which they are stored
     */
    void replace(Map<String, ReadPost> posts) {
        List<Object[]> rows = new ArrayList<>();
        if (posts.isEmpty()) {
            return;
        }
        door.sql("""
                delete from public.tweets_cache where user_id = :tenant and network = 'x' and tweet_id in (:ids)
                returning id, tweet_id, status, source, likes, retweets, replies, collected_at, counts_at, import_id, also_in
                """)
                .param("ids", List.copyOf(posts.keySet()))
                .each(row -> {
                    ReadPost read = posts.get(row.getString("tweet_id"));
                    if (read != null) {
                        Post post = read.post();
                        // X has counted what was collected, perhaps again since it was read here.
                        PostCounts counts = row.getString("source").equals("collected")
                                ? new PostCounts(row.getInt("likes"), row.getInt("retweets"), row.getInt("replies")) : post.counts();
                        rows.add(new Object[] {
                            Columns.id(row), "x", post.id(), post.author(), post.text(), post.lang(), post.conversationId(), post.inReplyToId(),
                            counts.likes(), counts.retweets(), counts.replies(), counts.told(), counts.repliesTold(), row.getString("status"), row.getString("source"),
                            post.createdAt(), Columns.instant(row, "collected_at"), Columns.instant(row, "counts_at"), row.getObject("import_id", UUID.class),
                            read.namesAuthor(), olderVersions(read),
                            read.origin(), read.attributed(), row.getString("also_in")
                        });
                    }
                });
        if (!rows.isEmpty()) {
            door.sql("""
                    insert into public.tweets_cache (id, network, tweet_id, author, content, lang, conversation_id, in_reply_to_id, likes, retweets,
                      replies, counts_told, replies_told, status, source, created_at, collected_at, counts_at, import_id, names_author, older_versions,
                      origin, attributed, also_in)
                    values :rows
                    """)
                    .rows("rows", rows)
                    .update();
        }
        door.changed(CollectedPosts.TABLE, rows.stream().map(row -> (UUID) row[0]).toList());
    }

    /** Notes that this import has these posts as well, which earlier ones brought or which were collected. */
    void alsoHere(Collection<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        door.sql("""
                update public.tweets_cache set import_id = coalesce(import_id, :own),
                  also_in = case when import_id is null then also_in else right(concat_ws(' ', also_in, cast(:own as text)), :most) end
                where user_id = :tenant and network = 'x' and tweet_id in (:ids)
                  and (import_id <> :own or import_id is null and source = 'collected')
                  and coalesce(also_in, '') not like '%' || cast(:own as text) || '%'
                """)
                .param("own", importId)
                .param("ids", List.copyOf(ids))
                .param("most", MAX_ALSO_IN)
                .update();
    }

    /** Notes that earlier imports have had these posts, of which they had another version. */
    void alsoIn(Map<String, Set<String>> imports) {
        if (imports.isEmpty()) {
            return;
        }
        door.sql("""
                update public.tweets_cache as post set also_in = right(concat_ws(' ', post.also_in, earlier.imports), :most)
                from (values :rows) as earlier (tweet_id, imports)
                where post.user_id = :tenant and post.network = 'x' and post.tweet_id = earlier.tweet_id and post.source = 'imported'
                """)
                .rows("rows", imports.entrySet().stream().map(post -> new Object[] {post.getKey(), String.join(" ", post.getValue())}).toList())
                .param("most", MAX_ALSO_IN)
                .update();
    }

    /** Removes imported posts and returns what they were. */
    List<Removed> remove(Collection<String> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        door.removed(CollectedPosts.TABLE);
        return door.sql("""
                delete from public.tweets_cache where user_id = :tenant and network = 'x' and tweet_id in (:ids) and source = 'imported'
                returning tweet_id, created_at, import_id, coalesce(also_in, '') as also_in
                """)
                .param("ids", List.copyOf(ids))
                .list(row -> new Removed(row.getString("tweet_id"), Columns.instant(row, "created_at"), row.getObject("import_id", UUID.class), row.getString("also_in")));
    }
}

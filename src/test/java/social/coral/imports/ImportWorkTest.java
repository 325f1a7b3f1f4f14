package social.coral.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.Tenants.aTenant;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockHttpServletRequest;
import social.coral.CoralTest;
import social.coral.imports.ImportStore.Added;
import social.coral.imports.ImportStore.Beginning;
import social.coral.imports.ImportStore.ReadPost;
import social.coral.imports.archive.Place;
import social.coral.imports.archive.PostField;
import social.coral.imports.archive.PostRow;
import social.coral.installation.DatabaseServer;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostIds;
import social.coral.portability.ImportTurns;
import social.coral.portability.Turns;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** The work that an import makes grows with its file, and others wait only for a part of it. */
@CoralTest
class ImportWorkTest {

    private static final int POSTS = 6_000;
    private static final int CANDIDATES = 4_000;
    /** One more and they would be joined at once. */
    private static final int TEXTS = 19;
    private static final Instant HOUR = Instant.parse("2025-03-12T09:00:00Z");

    @Autowired private Databases databases;
    @Autowired private DatabaseServer server;
    @Autowired private TenantDoor door;
    @Autowired private ImportTurns turns;

    private final List<Integer> looks = new ArrayList<>();
    private Tenant tenant;
    private ImportedPosts posts;

    @BeforeEach
    void manyPostsOfOneHour() throws SQLException {
        tenant = aTenant(databases);
        posts = new ImportedPosts(door, new ImportEntry(door), () -> looks.add(1));
        tenant.run(() -> door.transaction(() -> {
            door.sql("insert into public.imports (id, file_name) values (:id, 'archive.zip')").param("id", new UUID(1, 1)).update();
            door.sql("""
                    insert into public.tweets_cache (network, tweet_id, author, content, source, created_at, in_reply_to_id, import_id)
                    select 'x', (1000000 + n)::text, 'reef', 'tide', 'imported', cast(:hour as timestamptz) + n % 3600 * interval '1 second',
                      case when n % 2 = 0 then (20 + n % 20)::text end, :id
                    from generate_series(1, :posts) n
                    """).param("hour", HOUR).param("id", new UUID(1, 1)).param("posts", POSTS).update();
        }));
        // What other tests stored is known to the planner otherwise, and not these.
        try (Connection owner = server.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("analyze public.tweets_cache");
        }
    }

    @Test
    void aLongTextIsComparedWithThePostsNextToItAndNotWithAllOfItsHour() {
        List<Instant> times = IntStream.range(0, 20).mapToObj(minute -> HOUR.plus(Duration.ofMinutes(3L * minute))).toList();
        List<Instant> repeated = new ArrayList<>(times);
        repeated.addAll(times);
        tenant.run(() -> {
            List<Beginning> found = new ArrayList<>();
            long read = rowsReadBy(() -> posts.around(repeated, "reef", found::add));
            assertThat(read).isLessThan(5 * found.size());
            assertThat(found).hasSizeBetween(3_000, 4_000).extracting(Beginning::id).doesNotHaveDuplicates();
            for (Instant time : times) {
                assertThat(found).filteredOn(post -> post.time().equals(time)).as("those of the same second").isNotEmpty();
            }
        });
    }

    @Test
    void theRepliesToAnOldVersionAreFoundByItAndRedirectedInParts() {
        tenant.run(() -> {
            assertThat(rowsReadBy(() -> posts.redirectReplies(Map.of("27", "29")))).as("nobody answers it").isLessThan(10);
            looks.clear();
            posts.redirectReplies(Map.of("22", "99", "24", "99", "26", "99", "28", "99", "30", "99", "32", "99", "34", "99"));
            assertThat(looks).as("others work in between").hasSizeGreaterThan(2);
            assertThat(answers("99")).isEqualTo(7 * POSTS / 20);
            assertThat(answers("36")).isEqualTo(POSTS / 20);
        });
    }

    @Test
    void aConversationThatBeganWithAnOldVersionIsOneOfTheNewest() {
        tenant.run(() -> {
            door.sql("update public.tweets_cache set conversation_id = '13' where user_id = :tenant and tweet_id in ('1000001', '1000002')").update();
            posts.redirectReplies(Map.of("13", "98", "22", "99"));
            assertThat(door.sql("select tweet_id || ' ' || coalesce(in_reply_to_id, '') from public.tweets_cache where user_id = :tenant and conversation_id = '98' order by tweet_id")
                    .list(row -> row.getString(1))).containsExactly("1000001 ", "1000002 99");
        });
    }

    /** Each of these texts is compared with each post. */
    @Test
    void aLongTextIsNotCountedForEachPostThatItIsComparedWith() throws Exception {
        long shortest = Long.MAX_VALUE;
        long longest = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            shortest = Math.min(shortest, nanosOfJoining("a word "));
            longest = Math.min(longest, nanosOfJoining("a word ".repeat(3_000)));
        }
        assertThat(longest).isLessThan(10 * shortest);
    }

    /** The accents of the texts are characters of their own, as only composing them shows. */
    @Test
    void aTextIsPreparedOnceForAllPostsAndOthersWorkBefore() throws Exception {
        LongTexts texts = longTexts("e\u0301".repeat(11_000), "a tide " + "x".repeat(230) + "…");
        assertThat(bytesUsedBy(texts::end)).isLessThan(100 << 20);
        assertThat(looks).isNotEmpty();
    }

    /** Many imports wait for their turn in the middle, so none may hold what it has read of others. */
    @Test
    void ofThePostsThatALongTextIsComparedWithNoneIsKept() throws Exception {
        List<WeakReference<Beginning>> given = new ArrayList<>();
        int[] alive = {0};
        MemoryStore store = new MemoryStore() {
            @Override
            public void around(Collection<Instant> times, String author, Consumer<Beginning> taker) {
                for (int i = 0; i < CANDIDATES; i++) {
                    Beginning post = new Beginning(String.valueOf(1_000 + i), "reef", "@a ".repeat(300) + i + "x".repeat(300) + "…", 1_300, HOUR, Origin.X);
                    given.add(new WeakReference<>(post));
                    taker.accept(post);
                }
                System.gc();
                alive[0] = (int) given.stream().filter(post -> post.get() != null).count();
            }
        };
        LongTexts texts = new LongTexts(store, new ImportedPost(new Remarks(), Clock.systemUTC()), "reef", time -> false, row -> {}, () -> {});
        texts.take(longText(1, "@a ".repeat(300) + "x".repeat(2_000)));
        texts.end();
        assertThat(given).hasSize(CANDIDATES);
        assertThat(alive[0]).isLessThan(100);
    }

    @Test
    void aPostWithoutAnIdIsComparedWithTextsThatArePreparedOnce() {
        String text = " sea &amp; sky &lt;3 https://t.co/a".repeat(20);
        tenant.run(() -> {
            door.sql("""
                    insert into public.tweets_cache (network, tweet_id, author, content, source, created_at, import_id)
                    select 'x', (2000000 + n)::text, 'blue', n || :text, 'imported', cast(:hour as timestamptz) + (n % 15 + 1) * interval '1 second', :id
                    from generate_series(1, 3000) n
                    """).param("text", text).param("hour", HOUR).param("id", new UUID(1, 1)).update();
            List<ReadPost> seconds = IntStream.rangeClosed(1, 15).mapToObj(n -> withoutId("s" + n + text, HOUR.plusSeconds(n))).toList();
            List<ReadPost> minutes = IntStream.range(0, 100).mapToObj(n -> withoutId((n == 0 ? "7" : "m" + n) + text, HOUR)).toList();
            Added[] added = new Added[1];
            assertThat(bytesUsedBy(() -> added[0] = posts.add(Stream.concat(seconds.stream(), minutes.stream()).toList()))).isLessThan(500 << 20);
            assertThat(looks).hasSizeGreaterThanOrEqualTo(115);
            assertThat(added[0].imported()).as("one of them is stored with its id").isEqualTo(114);
            looks.clear();
            List<ReadPost> withIds = IntStream.range(0, 100).mapToObj(n -> post(String.valueOf(3_000_000 + n), (n == 0 ? "m5" : "i" + n) + text, HOUR.plusSeconds(30))).toList();
            assertThat(bytesUsedBy(() -> added[0] = posts.add(withIds))).isLessThan(500 << 20);
            assertThat(looks).hasSizeGreaterThanOrEqualTo(100);
            assertThat(added[0].imported()).as("one of them is stored without its id").isEqualTo(99);
        });
    }

    @Test
    void rowsThatWaitedAreReplayedWhileOthersWork() {
        try (PendingRows rows = new PendingRows(Turns.free().spool(), () -> looks.add(1))) {
            IntStream.range(0, 30).forEach(n -> rows.add(longText(n, "text ")));
            rows.drain(row -> {});
        }
        assertThat(looks).hasSize(30);
    }

    @Test
    void oldVersionsAreSettledInPartsWhileOthersWork() {
        List<Integer> sizes = new ArrayList<>();
        MemoryStore store = new MemoryStore() {
            @Override
            public Map<String, Instant> removeVersions(Map<String, String> newestByOlder) {
                sizes.add(newestByOlder.size());
                return super.removeVersions(newestByOlder);
            }
        };
        Batches batches = new Batches(store, new Remarks(), () -> looks.add(1));
        for (int n = 0; n < 1_000; n++) {
            String id = String.valueOf(5_000_000 + n);
            batches.remove(new LeftOutPost(String.valueOf(9_000_000 + n), LeftOutPost.Kind.DELETED, true, null));
            batches.add(row(PostRow.Kind.POST, Map.of(PostField.ID, id), List.of(String.valueOf(1_000_000 + n), id)), post(id, "tide " + n, HOUR).post());
        }
        batches.end();
        assertThat(sizes).hasSize(10).allMatch(size -> size <= 200);
        assertThat(looks).hasSizeGreaterThanOrEqualTo(10);
    }

    private static ReadPost withoutId(String text, Instant time) {
        return post(PostIds.derived("blue", time, text), text, time);
    }

    private static ReadPost post(String id, String text, Instant time) {
        return ReadPost.of(new Post(id, "blue", text, time, null, null, null, PostCounts.NONE), false, true, List.of(), Set.of());
    }

    private static PostRow longText(int number, String text) {
        return row(PostRow.Kind.LONG_TEXT, Map.of(PostField.ID, String.valueOf(1 + number), PostField.TEXT, number + text, PostField.CREATED_AT, HOUR.toString()), List.of());
    }

    private static PostRow row(PostRow.Kind kind, Map<PostField, String> values, List<String> versions) {
        return new PostRow(new Place(null, 1, null), kind, new EnumMap<>(values), true, Map.of(), versions, true);
    }

    /** Returns how much memory was used in all, which shows how often texts are written afresh. */
    private static long bytesUsedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private long nanosOfJoining(String text) throws Exception {
        LongTexts texts = longTexts(text, "tide");
        long began = System.nanoTime();
        texts.end();
        return System.nanoTime() - began;
    }

    /** Returns texts that wait to be joined to posts that all begin with these words. */
    private LongTexts longTexts(String text, String words) throws Exception {
        List<Beginning> candidates = IntStream.range(0, CANDIDATES).mapToObj(i -> new Beginning(String.valueOf(1_000 + i), "reef", i + words, words.length() + 1, HOUR, Origin.X)).toList();
        MemoryStore store = new MemoryStore() {
            @Override
            public void around(Collection<Instant> times, String author, Consumer<Beginning> taker) {
                candidates.forEach(taker);
            }
        };
        LongTexts texts = new LongTexts(store, new ImportedPost(new Remarks(), Clock.systemUTC()), "reef", time -> false, row -> {}, () -> looks.add(1));
        for (int i = 0; i < TEXTS; i++) {
            texts.take(longText(i, text));
        }
        return texts;
    }

    @Test
    void noStatementOfAnImportKeepsOthersFromTheirs() throws Exception {
        TenantStatement endless = door.sql("select count(*) from generate_series(1, 2000000000)");
        tenant.call(() -> {
            assertThatThrownBy(() -> turns.take(new MockHttpServletRequest(), turn -> endless.one(row -> true))).isInstanceOf(QueryTimeoutException.class);
            assertThatThrownBy(() -> turns.take(new MockHttpServletRequest(), turn -> door.transaction(() -> endless.one(row -> true))))
                    .isInstanceOf(QueryTimeoutException.class);
            return door.sql("select 1").one(row -> true);
        });
    }

    private long rowsReadBy(Runnable work) {
        return door.transaction(() -> {
            long before = rowsRead();
            work.run();
            return rowsRead() - before;
        });
    }

    /** Returns how many rows of posts were read in this transaction, by an index or without. */
    private long rowsRead() {
        return door.sql("select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'tweets_cache'").one(row -> row.getLong(1));
    }

    private int answers(String id) {
        return door.sql("select count(*) from public.tweets_cache where user_id = :tenant and in_reply_to_id = :id").param("id", id).one(row -> row.getInt(1));
    }
}

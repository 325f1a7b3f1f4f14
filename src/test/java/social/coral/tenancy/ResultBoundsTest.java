package social.coral.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CatalogueRows;
import social.coral.CoralTest;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;

/** What is read is bounded in bytes, whatever the rows say. */
@CoralTest
class ResultBoundsTest {

    @Autowired private TenantDoor door;
    @Autowired private DatabaseServer server;

    private final Tenant tenant = new Tenant(UUID.randomUUID());

    @Test
    void aResultThatHasNoRoomEndsItsStatementByNameAndNothingElse() throws Exception {
        String sql = "select repeat('x', 1000000) as text from generate_series(1, 40) where :tenant is not null";
        assertThatThrownBy(() -> tenant.call(() -> door.sql(sql).list(row -> row.getString(1).length())))
                .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("result_too_long"));
        assertThat(tenant.call(() -> door.sql(sql.replace("40", "4")).list(row -> row.getString(1).length()))).hasSize(4);
    }

    @Test
    void theSameRowsComeInPiecesWhereTheyAreTakenOneByOne() throws Exception {
        int[] taken = new int[1];
        tenant.call(() -> door.snapshot(() -> {
            door.sql("select repeat('x', 1000000) as text from generate_series(1, 80) where :tenant is not null").each(row -> taken[0]++);
            return true;
        }));
        assertThat(taken[0]).isEqualTo(80);
    }

    @Test
    void anAnswerHoldsItsPlaceUntilItIsMadeAndTheNextListWaits() throws Exception {
        CountDownLatch read = new CountDownLatch(2);
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch third = new CountDownLatch(1);
        for (int i = 0; i < 2; i++) {
            Thread.startVirtualThread(() -> making(() -> {
                list();
                read.countDown();
                return made.await(20, TimeUnit.SECONDS);
            }));
        }
        assertThat(read.await(10, TimeUnit.SECONDS)).isTrue();
        Thread waiting = Thread.startVirtualThread(() -> making(() -> {
            list();
            third.countDown();
            return true;
        }));
        Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(new Tenant(UUID.randomUUID()).call(this::list)).containsExactly(1);
        assertThat(third.getCount()).isEqualTo(1);

        made.countDown();
        assertThat(third.await(8, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoeverWaitsForATurnToSearchHoldsNoRoomForAList() throws Exception {
        CountDownLatch searched = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Thread first = Thread.startVirtualThread(() -> making(() -> {
            door.sql("select :words where :tenant is not null").likeWords("a").one(row -> row.getString(1));
            searched.countDown();
            return enough.await(20, TimeUnit.SECONDS);
        }));
        assertThat(searched.await(10, TimeUnit.SECONDS)).isTrue();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(Thread.startVirtualThread(() -> making(() -> {
                door.sql("select :words where :tenant is not null").likeWords("b").list(row -> row.getString(1));
                return true;
            })));
        }
        Awaitility.await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertThat(tenant.call(this::list)).containsExactly(1);
        assertThat(waiting).allMatch(Thread::isAlive);
        enough.countDown();
        first.join();
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    @Test
    void anAnswerThatReadAListBeforeItSearchesIsAFaultOfOurs() {
        assertThatThrownBy(() -> RowsInMemory.during(() -> tenant.call(() -> {
            list();
            return door.sql("select :words where :tenant is not null").likeWords("a").one(row -> row.getString(1));
        }))).isInstanceOf(IllegalStateException.class).hasMessageContaining("search before");
    }

    /** What twenty rows can be at most follows from the lengths that the catalogue knows. */
    @Test
    void theRowsThatAreReadAtOnceFitWhateverTableTheyAreOf() throws Exception {
        try (Connection owner = server.connectAsOwner()) {
            List<String> longest = new CatalogueRows(owner).texts("""
                    select max(bytes)::text from (
                      select sum((regexp_match(pg_get_constraintdef(oid), '<= (\\d+)'))[1]::bigint) as bytes from pg_constraint
                      where connamespace = 'public'::regnamespace and contype = 'c' and conname like '%\\_length' group by conrelid) as tables
                    """);
            assertThat(Long.parseLong(longest.getFirst())).isBetween(100_000L, (32L << 20) / TenantStatement.ROWS_AT_ONCE);
        }
    }

    private List<Integer> list() {
        return door.sql("select 1 where :tenant is not null").list(row -> row.getInt(1));
    }

    private void making(java.util.concurrent.Callable<Boolean> work) {
        try {
            RowsInMemory.during(() -> tenant.call(work::call));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

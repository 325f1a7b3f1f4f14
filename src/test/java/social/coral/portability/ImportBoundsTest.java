package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.DelegatingServletInputStream;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.util.unit.DataSize;
import social.coral.api.CurrentClient;
import social.coral.api.Failure;
import social.coral.api.LeftClient;
import social.coral.tenancy.Tenant;

/** What one import, and all of them together, may take. */
class ImportBoundsTest {

    private static final long MILLISECOND = 1_000_000;

    private static final ImportBounds SMALL = new ImportBounds(100, Duration.ofMinutes(1), Duration.ofHours(1), 8 << 10, 256 << 10, Duration.ofHours(1), Duration.ZERO);

    @TempDir
    Path folder;

    @Test
    void anImportLooksAtSoManyRowsAndNotOneMore() throws Exception {
        refused("too_many_rows", () -> take(turns(), new MockHttpServletRequest(), turn -> {
            for (int row = 0; row <= 100; row++) {
                turn.row();
            }
            return true;
        }));
    }

    /** The file of what was read ahead is used again once it is read to its end. */
    @Test
    void whatIsReadAheadIsReadOnceAndAsItCame() throws Exception {
        byte[] upload = new byte[350_000];
        new Random(7).nextBytes(upload);
        InputStream body = new ByteArrayInputStream(upload);
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (ReadAhead ahead = new ReadAhead(new Spool(folder, DataSize.ofMegabytes(64), () -> false))) {
            for (int arrived : new int[] {300_000, 50_000}) {
                int behind = body.available() - arrived;
                while (ahead.take(body, () -> body.available() > behind) > 0) {
                    byte[] some = new byte[8 << 10];
                    for (int count = ahead.read(some, 0, some.length); count > 0; count = ahead.read(some, 0, some.length)) {
                        read.write(some, 0, count);
                    }
                }
            }
        }
        assertThat(read.toByteArray()).isEqualTo(upload);
    }

    @Test
    void howFarAnImportIsIsToldByWhatItHasReadAndByTheRowsThatItsFileAnnounces() throws Exception {
        MockHttpServletRequest upload = new MockHttpServletRequest();
        upload.setContent(new byte[100_000]);
        take(turns(), upload, turn -> {
            turn.row();
            turn.announced(2);
            turn.row();
            turn.request().getInputStream().readNBytes(40_000);
            assertThat(turn.progress()).isEqualTo(new ImportProgress(40_000, 100_000, 2, 3));
            turn.row();
            turn.row();
            assertThat(turn.progress()).as("more than were announced").isEqualTo(new ImportProgress(40_000, 100_000, 4, 0));
            return true;
        });
    }

    @Test
    void anImportEndsWhenItsClientHasLeft() throws Exception {
        refused("client_gone", () -> CurrentClient.with(new LeftClient()).call(() -> take(turns(), new MockHttpServletRequest(), turn -> {
            turn.row();
            return true;
        })));
    }

    @Test
    void anImportWhoseClientLeftInTheMiddleOfItsUploadEndsBeforeItHasReadUpToThere() throws Exception {
        InputStream broken = new InputStream() {
            private int left = 300_000;

            @Override
            public int available() {
                return 1;
            }

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException(new EOFException());
                }
                return 'a';
            }
        };
        refused("client_gone", () -> take(turns(), with(broken), turn -> {
            assertThat(turn.request().getInputStream().readNBytes(10)).hasSize(10);
            for (int row = 0; row < 100; row++) {
                turn.row();
            }
            return true;
        }));
    }

    @Test
    void whatCameBeforeItWasNeededIsReadInItsOrder() throws Exception {
        byte[] upload = new byte[3 << 20];
        new Random(7).nextBytes(upload);
        for (int room : List.of(0, 1, 64)) {
            ImportTurns turns = new ImportTurns(SMALL, spool(DataSize.ofMegabytes(room)), () -> () -> {});
            byte[] read = take(turns, with(new ByteArrayInputStream(upload)), turn -> {
                InputStream body = turn.request().getInputStream();
                ByteArrayOutputStream all = new ByteArrayOutputStream();
                all.writeBytes(body.readNBytes(1_000));
                turn.row();
                all.writeBytes(body.readAllBytes());
                return all.toByteArray();
            });
            assertThat(read).as("with a spool of " + room + " MB").isEqualTo(upload);
        }
    }

    private static MockHttpServletRequest with(InputStream body) {
        ServletInputStream stream = new DelegatingServletInputStream(body);
        return new MockHttpServletRequest() {
            @Override
            public ServletInputStream getInputStream() {
                return stream;
            }
        };
    }

    @Test
    void anImportWhoseTimeIsOverEnds() throws Exception {
        ImportTurns turns = new ImportTurns(new ImportBounds(100, Duration.ZERO, Duration.ofHours(1), 8 << 10, 256 << 10, Duration.ofHours(1), Duration.ZERO), spool(DataSize.ofMegabytes(1)), () -> () -> {});
        refused("import_too_long", () -> take(turns, new MockHttpServletRequest(), turn -> {
            turn.row();
            return true;
        }));
    }

    @Test
    void anImportThatMayBeStoppedEndsBeforeItHasStoredAnything() throws Exception {
        ImportTurns turns = turns();
        take(turns, new MockHttpServletRequest(), turn -> {
            turns.stop();
            turn.row();
            return true;
        });
        refused("import_stopped", () -> take(turns, new MockHttpServletRequest(), turn -> {
            turn.mayBeStopped();
            turns.stop();
            turn.row();
            return true;
        }));
    }

    @Test
    void anImportEndsByItselfWhenTheServerIsStopped() throws Exception {
        ImportTurns turns = turns();
        turns.close();
        refused("stopping", () -> take(turns, new MockHttpServletRequest(), turn -> {
            turn.row();
            return true;
        }));
    }

    @Test
    void anUploadThatTricklesIsEndedAndOneThatOnlyStallsForAWhileIsNot() {
        UploadPace trickle = new UploadPace(SMALL);
        refused("upload_too_slow", () -> {
            for (int second = 0; second < 40; second++) {
                trickle.waited(Duration.ofSeconds(1).toNanos());
                trickle.brought(1);
            }
        });
        UploadPace steady = new UploadPace(SMALL);
        assertThatCode(() -> {
            for (int second = 0; second < 3_000; second++) {
                steady.waited(Duration.ofSeconds(1).toNanos());
                steady.brought(second % 10 == 0 ? 100 << 10 : 0);
            }
        }).doesNotThrowAnyException();
        refused("upload_too_slow", () -> {
            for (int second = 0; second < 3_700; second++) {
                steady.waited(Duration.ofSeconds(1).toNanos());
                steady.brought(1 << 20);
            }
        });
    }

    @Test
    void inACrowdAnUploadForWhichNobodyHasTimeToWaitIsTooSlowByTheClock() {
        long[] now = {0};
        UploadPace trickle = new UploadPace(SMALL, () -> now[0]);
        for (int second = 0; second < 10; second++) {
            now[0] += Duration.ofSeconds(1).toNanos();
            trickle.brought(12 << 10);
        }
        assertThat(trickle.isTooSlowForCrowd()).isTrue();
        trickle.isAhead();
        assertThat(trickle.isTooSlowForCrowd()).as("more has arrived than there is room for").isFalse();
    }

    @Test
    void soManyImportsAreUnderWayAtOnceAndTheNextIsToldToWait() throws Exception {
        ImportTurns turns = turns();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(32);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> others = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String network = "192.0.2." + i % 3;
                others.add(people.submit(() -> take(turns, from(network, waiting(begun, end)), ImportBoundsTest::readAll)));
            }
            begun.await();
            refused("too_many_imports", () -> take(turns, new MockHttpServletRequest(), turn -> true));
            end.countDown();
            for (Future<Boolean> other : others) {
                assertThat(other.get()).isTrue();
            }
            boolean taken = take(turns, new MockHttpServletRequest(), turn -> true);
            assertThat(taken).isTrue();
        }
    }

    @Test
    void theSlowestUploadGivesItsPlaceToWhoeverHasNone() throws Exception {
        ImportTurns turns = new ImportTurns(new ImportBounds(100, Duration.ofMinutes(1), Duration.ofHours(1), 8 << 10, 256 << 10, Duration.ofHours(1), Duration.ofMinutes(1)), spool(DataSize.ofMegabytes(1)), () -> () -> {});
        CountDownLatch measured = new CountDownLatch(32);
        CountDownLatch end = new CountDownLatch(1);
        List<Integer> bytesASecond = IntStream.range(0, 32).map(i -> i == 7 ? 9 << 10 : 30 << 10).boxed().toList();
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> slow = new ArrayList<>();
            for (int pace : bytesASecond) {
                String network = "192.0.2." + slow.size() % 3;
                slow.add(people.submit(() -> take(turns, from(network, new MockHttpServletRequest()), turn -> trickles(turn, pace, measured, end))));
            }
            measured.await();
            boolean taken = take(turns, new MockHttpServletRequest(), turn -> true);
            assertThat(taken).isTrue();
            assertThatThrownBy(() -> slow.get(7).get()).cause().isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("upload_too_slow"));
            end.countDown();
            slow.remove(7);
            for (Future<Boolean> other : slow) {
                assertThat(other.get()).isTrue();
            }
        }
    }

    @Test
    void anImportThatWorksForLongGivesItsPlaceToWhoeverHasNone() throws Exception {
        ImportTurns turns = new ImportTurns(
                new ImportBounds(Long.MAX_VALUE, Duration.ofHours(1), Duration.ofHours(1), 8 << 10, 256 << 10, Duration.ZERO, Duration.ofMinutes(1)), spool(DataSize.ofMegabytes(1)), () -> () -> {});
        CountDownLatch end = new CountDownLatch(1);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            CountDownLatch first = new CountDownLatch(1);
            Future<Boolean> longest = people.submit(() -> take(turns, from("192.0.2.9", new MockHttpServletRequest()), turn -> works(turn, first, end)));
            first.await();
            CountDownLatch begun = new CountDownLatch(31);
            List<Future<Boolean>> others = new ArrayList<>();
            for (int i = 0; i < 31; i++) {
                String network = "192.0.2." + i % 3;
                others.add(people.submit(() -> take(turns, from(network, new MockHttpServletRequest()), turn -> works(turn, begun, end))));
            }
            begun.await();
            boolean taken = take(turns, new MockHttpServletRequest(), turn -> true);
            assertThat(taken).isTrue();
            assertThatThrownBy(longest::get).cause().isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo("import_gave_way"));
            end.countDown();
            for (Future<Boolean> other : others) {
                assertThat(other.get()).isTrue();
            }
        }
    }

    private static boolean works(ImportTurn turn, CountDownLatch begun, CountDownLatch end) {
        begun.countDown();
        while (end.getCount() > 0) {
            turn.row();
        }
        return true;
    }

    @Test
    void theAccountsOfOneNetworkTakeNoMoreThanHalfOfThePlacesAndAreToldWhenToComeBack() throws Exception {
        ImportTurns turns = turns();
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(16);
        try (ExecutorService people = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> crowd = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                crowd.add(people.submit(() -> take(turns, from("192.0.2.66", waiting(begun, end)), ImportBoundsTest::readAll)));
            }
            begun.await();
            assertThatThrownBy(() -> take(turns, from("192.0.2.66", new MockHttpServletRequest()), turn -> true))
                    .isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.retryAfter().orElseThrow()).isBetween(3_000, 3_600));
            boolean taken = take(turns, from("192.0.2.9", new MockHttpServletRequest()), turn -> true);
            assertThat(taken).isTrue();
            end.countDown();
            for (Future<Boolean> other : crowd) {
                assertThat(other.get()).isTrue();
            }
        }
    }

    private static MockHttpServletRequest from(String network, MockHttpServletRequest request) {
        request.setRemoteAddr(network);
        return request;
    }

    /** Brings so much for each of ten seconds that it seems to wait, and then a byte now and then. */
    private static boolean trickles(ImportTurn turn, int bytesASecond, CountDownLatch measured, CountDownLatch end) {
        for (int second = 0; second < 10; second++) {
            turn.pace().waited(Duration.ofSeconds(1).toNanos());
            turn.pace().brought(bytesASecond);
        }
        measured.countDown();
        while (end.getCount() > 0) {
            turn.pace().brought(1);
            turn.look();
            // The thread of an upload waits between two bytes, and keeps no core from the others.
            LockSupport.parkNanos(MILLISECOND);
        }
        return true;
    }

    @Test
    void aFileOfTheSpoolHasNoNameAndGivesItsRoomBack() throws Exception {
        Spool spool = spool(DataSize.ofMegabytes(3));
        byte[] words = "nothing plain is left".getBytes(StandardCharsets.UTF_8);
        try (SpoolFile one = spool.open(DataSize.ofMegabytes(2))) {
            one.append(ByteBuffer.wrap(words));
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
            assertThat(one.reader().readAllBytes()).isEqualTo(words);
            refused("disk_full", () -> one.append(ByteBuffer.allocate(2 << 20)));
            try (SpoolFile other = spool.open(DataSize.ofMegabytes(5))) {
                refused("disk_full", () -> other.append(ByteBuffer.allocate(3 << 20)));
            }
        }
        try (SpoolFile next = spool.open(DataSize.ofMegabytes(5))) {
            next.append(ByteBuffer.allocate(3 << 20));
            assertThat(next.length()).isEqualTo(3 << 20);
        }
    }

    @Test
    void theLastOfTheDiskIsNotTaken() throws Exception {
        try (SpoolFile file = new Spool(folder, DataSize.ofMegabytes(1), () -> true).open(DataSize.ofMegabytes(1))) {
            refused("disk_full", () -> file.append(ByteBuffer.allocate(1)));
        }
    }

    private static boolean readAll(ImportTurn turn) throws IOException {
        return turn.request().getInputStream().readAllBytes().length == 0;
    }

    /** An upload of which nothing comes before the end is told. */
    private static MockHttpServletRequest waiting(CountDownLatch begun, CountDownLatch end) {
        return new MockHttpServletRequest() {
            @Override
            public ServletInputStream getInputStream() {
                return new DelegatingServletInputStream(new InputStream() {
                    @Override
                    public int read() {
                        begun.countDown();
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        return -1;
                    }
                });
            }
        };
    }

    private ImportTurns turns() {
        return new ImportTurns(SMALL, spool(DataSize.ofMegabytes(1)), () -> () -> {});
    }

    private Spool spool(DataSize most) {
        return new Spool(folder, most, () -> false);
    }

    private static <T extends Object> T take(ImportTurns turns, MockHttpServletRequest request, ImportTurns.Work<T> work) throws Exception {
        return new Tenant(UUID.randomUUID()).call(() -> turns.take(request, work));
    }

    private static void refused(String code, ThrowingCallable work) {
        assertThatThrownBy(work).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }
}

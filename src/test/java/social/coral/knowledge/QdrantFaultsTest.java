package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.qdrant.client.grpc.Collections.HnswConfigDiff;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.knowledge.QdrantPoints.Patience;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.tenancy.Tenant;

/** A server that is down, slow, emptied or odd costs an {@link IndexFault}, and nothing that it has not done counts as done. */
@Timeout(120)
class QdrantFaultsTest {

    private static final String KEY = "key-of-the-operator-4711";
    private static final float[] VECTOR = Arrays.copyOf(new float[] {1}, 384);
    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final Patience PATIENT = new Patience(ENOUGH, ENOUGH, ENOUGH);
    private static final Duration SHORT = Duration.ofMillis(200);

    private final QdrantStandIn server = new QdrantStandIn(KEY);
    private final AtomicLong clock = new AtomicLong();
    private final UUID item = UUID.randomUUID();
    private final Tenant tenant = new Tenant(UUID.randomUUID());
    private QdrantVectors index = index(server.settings(), PATIENT);
    private TenantVectors vectors = index.of(tenant);

    @BeforeEach
    void aPoint() {
        vectors.put(List.of(point(item)));
    }

    @AfterEach
    void stopped() {
        index.close();
        server.close();
    }

    @Test
    void anOutageCostsOneTrialAtATimeAndEndsByItself() {
        server.down();
        assertFails();
        int asked = server.asked();
        IntStream.range(0, 50).forEach(i -> assertFails());
        server.up();
        clock.addAndGet(Circuit.FIRST_PAUSE.toNanos() - 1);
        assertFails();
        assertThat(server.asked()).as("before the pause is over").isEqualTo(asked);

        clock.addAndGet(1);
        assertThat(vectors.nearest(1, VECTOR, Narrowing.NONE, 5)).extracting(Hit::item).containsExactly(item);
        assertThat(vectors.count(1)).isOne();
    }

    @Test
    void aSilentServerIsGivenUpAfterAFewDeadlines() {
        use(server.settings(), new Patience(SHORT, ENOUGH, ENOUGH));
        index.prepare();
        server.fault = QdrantStandIn.Fault.SILENT;
        IntStream.range(0, Circuit.SLOW_IN_A_ROW).forEach(i -> assertFails());
        int asked = server.asked();
        IntStream.range(0, 50).forEach(i -> assertFails());
        assertThat(server.asked()).isEqualTo(asked);

        server.fault = null;
        clock.addAndGet(Circuit.FIRST_PAUSE.toNanos());
        vectors.put(List.of(point(item)));
    }

    @Test
    void whatIsRemovedDuringAnOutageIsRefusedAloudAndRemovedAfterwards() {
        server.down();
        assertThatThrownBy(() -> vectors.remove(List.of(item))).isInstanceOf(IndexFault.class);
        assertThatThrownBy(() -> vectors.clear()).isInstanceOf(IndexFault.class);
        server.up();
        clock.addAndGet(Circuit.FIRST_PAUSE.toNanos());

        assertThat(vectors.count(1)).isOne();
        vectors.remove(List.of(item));
        assertThat(vectors.items(1, null, 10)).isEmpty();
        assertThat(stored().points).isEmpty();
    }

    @Test
    void anEmptiedServerIsPreparedAgainAndTakesWhatItLost() {
        server.collections.clear();
        assertFails();

        assertThat(vectors.count(1)).isZero();
        vectors.put(List.of(point(item)));
        assertThat(vectors.count(1)).isOne();
        assertThat(stored().indexes).hasSize(PointField.values().length);
        assertThat(stored().config.getHnswConfig()).isEqualTo(HnswConfigDiff.newBuilder().setM(0).setPayloadM(16).build());
    }

    @ParameterizedTest
    @EnumSource(PointField.class)
    void aLostIndexIsMadeAgainByWhoeverNeedsIt(PointField field) {
        stored().indexes.remove(field.key());
        Narrowing narrowing = new Narrowing("post", "mia", Instant.EPOCH, Instant.MAX);
        Runnable all = () -> {
            vectors.nearest(1, VECTOR, narrowing, 5);
            vectors.items(1, null, 5);
            vectors.removeBefore(1);
            vectors.remove(List.of(UUID.randomUUID()));
        };
        for (int i = 0; i < 2 && stored().indexes.size() < PointField.values().length; i++) {
            assertThatThrownBy(all::run).isInstanceOf(IndexFault.class).hasMessageContaining("refused a call");
            vectors.count(1);
        }

        assertThat(stored().indexes).containsKey(field.key());
        all.run();
        assertThat(vectors.count(1)).isOne();
    }

    @Test
    void settingsThatSomebodyChangedAreSetAgainAtTheNextStart() {
        stored().config = stored().config.toBuilder().setHnswConfig(HnswConfigDiff.newBuilder().setM(16)).clearStrictModeConfig().build();
        stored().indexes.put("user_id", stored().indexes.get("item_id"));
        use(server.settings(), PATIENT);
        index.prepare();

        assertThat(stored().config.getHnswConfig().getM()).isZero();
        assertThat(stored().config.getStrictModeConfig().getEnabled()).isTrue();
        assertThat(stored().indexes).hasEntrySatisfying("user_id", index -> assertThat(index.getParams().getUuidIndexParams().getIsTenant()).isTrue());
        int asked = server.asked("CreateFieldIndex") + server.asked("Create") + server.asked("Update");
        use(server.settings(), PATIENT);
        index.prepare();
        assertThat(server.asked("CreateFieldIndex") + server.asked("Create") + server.asked("Update")).isEqualTo(asked);
    }

    @Test
    void aChangeThatIsNotFinishedIsNotTakenForDone() {
        server.fault = QdrantStandIn.Fault.UNFINISHED;
        assertThatThrownBy(() -> vectors.put(List.of(point(item)))).isInstanceOf(IndexFault.class);
        assertThatThrownBy(() -> vectors.remove(List.of(item))).isInstanceOf(IndexFault.class);
    }

    @ParameterizedTest
    @EnumSource(value = QdrantStandIn.Fault.class, names = {"MIXED_UP", "HUGE"})
    void anAnswerThatWasNotAskedForIsGivenToNobody(QdrantStandIn.Fault fault) {
        index.of(new Tenant(UUID.randomUUID())).put(List.of(point(UUID.randomUUID())));
        server.fault = fault;

        assertThatThrownBy(() -> vectors.nearest(1, VECTOR, Narrowing.NONE, 5)).isInstanceOf(IndexFault.class);
        assertThatThrownBy(() -> vectors.items(1, null, 5)).isInstanceOf(IndexFault.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INTERNAL", "UNKNOWN", "RESOURCE_EXHAUSTED", "UNIMPLEMENTED", "DATA_LOSS", "ABORTED", "OUT_OF_RANGE", "CANCELLED", "INVALID_ARGUMENT"})
    void whateverTheServerAnswersIsAFaultWithABoundedReasonAndTheNextCallIsMade(String code) {
        server.refusal = Status.Code.valueOf(code).toStatus().withDescription("<html>".repeat(500) + "\nsecond line");
        IndexFault fault = (IndexFault) catchThrowable(() -> vectors.count(1));
        assertThat(fault.getMessage()).hasSizeLessThan(400).doesNotContain("second line").doesNotContain(KEY);
        server.refusal = null;
        assertThat(vectors.count(1)).isOne();
    }

    @ParameterizedTest
    @CsvSource({"'',refuses QDRANT_API_KEY", "another-key,refuses QDRANT_API_KEY"})
    void aKeyThatTheServerRefusesIsNamedAndNeverShown(String key, String expected) {
        use(new QdrantSettings(server.url(), key), PATIENT);
        Throwable fault = catchThrowable(() -> vectors.count(1));

        StringWriter trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        assertThat(fault).isInstanceOf(IndexFault.class).hasMessageContaining(expected);
        assertThat(trace.toString()).doesNotContain("another-key");
    }

    @Test
    void anAddressWithTlsIsNeverSpokenToInTheClear() {
        int asked = server.asked();
        use(new QdrantSettings(server.url().replace("http:", "https:"), KEY), PATIENT);
        assertFails();
        assertThat(server.asked()).isEqualTo(asked);
    }

    @Test
    void whoeverIsInterruptedStopsWaitingAndTheNextTriesInstead() {
        server.down();
        assertFails();
        server.up();
        server.fault = QdrantStandIn.Fault.SILENT;
        clock.addAndGet(Circuit.FIRST_PAUSE.toNanos());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> vectors.count(1)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();

        server.fault = null;
        assertThat(vectors.count(1)).isOne();
    }

    @Test
    void closingLeavesNoThreadBehind() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            use(server.settings(), PATIENT);
            assertThat(vectors.count(1)).isOne();
        }
        index.close();
        server.close();

        // The library lets its shared threads go a second after the last who used them.
        while (threads() > 0) {
            Thread.sleep(20);
        }
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("grpc-")).count();
    }

    private void assertFails() {
        assertThatThrownBy(() -> vectors.nearest(1, VECTOR, Narrowing.NONE, 5)).isInstanceOf(IndexFault.class);
    }

    private QdrantStandInCollection stored() {
        return server.collection(QdrantCollection.NAME);
    }

    private void use(QdrantSettings settings, Patience patience) {
        index.close();
        index = index(settings, patience);
        vectors = index.of(tenant);
    }

    private QdrantVectors index(QdrantSettings settings, Patience patience) {
        return new QdrantVectors(settings, QdrantCollection.NAME, patience, new Circuit(clock::get));
    }

    private static Point point(UUID id) {
        return new Point(id, 1, VECTOR, "post", "mia", Instant.EPOCH.plusSeconds(1));
    }
}

package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
    private final Circuit circuit = new Circuit(clock::get);

    @Test
    void callsUnderWayThatFailTogetherCountAsOneFailure() {
        IntStream.range(0, 30).forEach(i -> assertThat(circuit.enter()).isFalse());
        assertThat(circuit.failed(false)).isTrue();
        IntStream.range(1, 30).forEach(i -> assertThat(circuit.failed(false)).isFalse());

        pass(Circuit.FIRST_PAUSE.minusNanos(1));
        assertClosedToAll();
        pass(Duration.ofNanos(1));
        assertThat(circuit.enter()).isTrue();
    }

    @Test
    void oneTriesWhileTheOthersFailAndThePauseDoublesUpToTheLongest() {
        circuit.failed(false);
        Duration pause = Circuit.FIRST_PAUSE;
        for (int i = 0; i < 10; i++) {
            pass(pause);
            assertThat(circuit.enter()).isTrue();
            assertClosedToAll();
            assertThat(circuit.failed(true)).isFalse();
            pause = pause.multipliedBy(2).compareTo(Circuit.LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : Circuit.LONGEST_PAUSE;
            pass(pause.minusNanos(1));
            assertClosedToAll();
            clock.addAndGet(1 - pause.toNanos());
        }
        pass(pause);
        assertThat(circuit.enter()).isTrue();
        assertThat(circuit.answered()).isTrue();
        assertThat(circuit.enter()).isFalse();
        assertThat(circuit.answered()).isFalse();
    }

    @Test
    void aTrialWhoseCallerWentIsMadeByTheNext() {
        circuit.failed(false);
        pass(Circuit.FIRST_PAUSE);
        assertThat(circuit.enter()).isTrue();
        circuit.left(true);
        assertThat(circuit.enter()).isTrue();
    }

    @Test
    void slowAnswersOpenItOnlyInARow() {
        for (int i = 0; i < 10; i++) {
            for (int slow = 1; slow < Circuit.SLOW_IN_A_ROW; slow++) {
                assertThat(circuit.slow(false)).isFalse();
            }
            circuit.answered();
        }
        for (int slow = 1; slow < Circuit.SLOW_IN_A_ROW; slow++) {
            circuit.slow(false);
        }
        assertThat(circuit.enter()).isFalse();
        assertThat(circuit.slow(false)).isTrue();
        assertClosedToAll();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private void assertClosedToAll() {
        assertThatThrownBy(circuit::enter).isInstanceOf(IndexFault.class);
    }
}

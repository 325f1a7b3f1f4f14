package social.coral.portability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportSlotsTest {

    private final ImportSlots slots = new ImportSlots(1);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @Test
    void aSmallImportGoesBeforeLargeOnesEveryOtherTime() throws InterruptedException {
        slots.acquire(true);
        List<Thread> waiting = IntStream.range(0, 8).mapToObj(number -> {
            boolean small = number >= 4;
            Thread thread = Thread.ofVirtual().start(() -> {
                slots.acquire(small);
                order.add((small ? "small " : "large ") + number);
                slots.release();
            });
            await().until(() -> thread.getState() == Thread.State.WAITING);
            return thread;
        }).toList();
        assertThat(slots.hasWaiters()).isTrue();
        slots.release();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(order).containsExactly("small 4", "large 0", "small 5", "large 1", "small 6", "large 2", "small 7", "large 3");
        assertThat(slots.hasWaiters()).isFalse();
        slots.acquire(false);
        assertThat(order).as("the slot is free again").hasSize(8);
    }
}

package social.coral.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResponseMemoryTest {

    private static final int ROOM = 1_000_000;
    private static final int LARGEST = 400_000;

    @Test
    void howeverManyLargeAnswersComeAtOnceAllAreReadAndTogetherTheyTakeNoMoreThanTheRoomAndOneOfThem() throws Exception {
        ResponseMemory room = new ResponseMemory(ROOM, Duration.ofMinutes(1));
        AtomicLong taken = new AtomicLong();
        AtomicLong most = new AtomicLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> answers = new ArrayList<>();
            for (int answer = 0; answer < 300; answer++) {
                answers.add(threads.submit(() -> {
                    long mine = 0;
                    try (ResponseMemory.Share share = room.share(new CallTime(Duration.ofSeconds(1)))) {
                        while (mine < LARGEST) {
                            int part = (int) Math.min(LARGEST - mine, ThreadLocalRandom.current().nextInt(1, 16_000));
                            share.take(part);
                            mine += part;
                            most.accumulateAndGet(taken.addAndGet(part), Math::max);
                            Thread.yield();
                        }
                        taken.addAndGet(-mine);
                    }
                    return mine;
                }));
            }
            for (Future<?> answer : answers) {
                assertThat(answer.get(1, TimeUnit.MINUTES)).isEqualTo((long) LARGEST);
            }
        }
        assertThat(most.get()).isGreaterThan(ROOM / 2).isLessThanOrEqualTo(ROOM + LARGEST);
    }
}

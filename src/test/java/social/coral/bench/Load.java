package social.coral.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a number of connections got out of a server that each asked again as soon as it was answered.
 *
 * @param perSecond answers
 * @param clientMicros processor time that the client itself spent on each
 */
record Load(double perSecond, double clientMicros) {

    /** Asks for {@code time} over {@code connections}, each time one of the requests by chance. */
    static Load on(int port, int connections, Duration time, List<byte[]> requests) {
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        long start = System.nanoTime();
        long answers = sum(atOnce(connections, () -> asks(port, start + time.toNanos(), requests)));
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Load(answers / seconds, (process.getProcessCpuTime() - cpu) / 1e3 / answers);
    }

    private static long asks(int port, long deadline, List<byte[]> requests) throws IOException {
        long answers = 0;
        try (KeepAlive connection = new KeepAlive(port)) {
            while (System.nanoTime() < deadline) {
                connection.ask(requests.get(ThreadLocalRandom.current().nextInt(requests.size())));
                answers++;
            }
        }
        return answers;
    }

    /** Does the same in so many threads and gives what each gave. */
    static <T> List<T> atOnce(int threads, Callable<T> work) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(work);
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(all)) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static long sum(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).sum();
    }
}

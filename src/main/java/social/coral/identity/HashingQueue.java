package social.coral.identity;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;

/**
 * Hashes passwords on a few threads of its own, because hashing keeps the processor busy and takes 19 MiB. The queue is fair: it
 * alternates between known callers and strangers, and within each group it serves networks, browsers and sessions round-robin, so
 * that a crowd from one place delays nobody but itself.
 */
@Component
class HashingQueue implements AutoCloseable {

    /** The network, browser or session that work is queued for. */
    record Caller(String name, boolean known) {}

    private static final int MAX_WAITING = 1_000;
    private static final Duration MAX_WAIT = Duration.ofSeconds(20);
    private static final int RETRY_AFTER_SECONDS = 3;

    private final int maxWaiting;
    private final Duration maxWait;
    private final Map<Caller, Deque<FutureTask<?>>> waiting = new HashMap<>();
    private final Deque<Caller> known = new ArrayDeque<>();
    private final Deque<Caller> strangers = new ArrayDeque<>();
    private int count;
    private boolean strangersAreNext;
    private boolean closed;

    @Autowired
    HashingQueue() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), MAX_WAITING, MAX_WAIT);
    }

    HashingQueue(int threads, int maxWaiting, Duration maxWait) {
        this.maxWaiting = maxWaiting;
        this.maxWait = maxWait;
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().daemon().name("passwords-" + i).start(this::work);
        }
    }

    /** Runs the work when its turn comes. Throws a 503 when it was never started. */
    <T extends Object> T run(Caller caller, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        enqueue(caller, task);
        try {
            return task.get(maxWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            cancel(caller, task);
            return result(task);
        } catch (ExecutionException | CancellationException done) {
            return result(task);
        } catch (InterruptedException e) {
            cancel(caller, task);
            throw interrupted(e);
        }
    }

    /** Returns the result, also of work that started just when it was about to be cancelled. */
    private static <T extends Object> T result(FutureTask<T> task) {
        try {
            return task.get();
        } catch (CancellationException cancelled) {
            throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "request_timeout", "Too many people are signing in right now. Try again in a moment.")
                    .with("retry_after", RETRY_AFTER_SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException fault ? fault : new IllegalStateException("a password could not be hashed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while waiting to check a password", e);
    }

    synchronized int waiting() {
        return count;
    }

    private synchronized void enqueue(Caller caller, FutureTask<?> task) {
        if (count >= maxWaiting && !makeRoom(caller)) {
            task.cancel(false);
            return;
        }
        waiting.computeIfAbsent(caller, fresh -> {
            ring(fresh).add(fresh);
            return new ArrayDeque<>();
        }).add(task);
        count++;
        notify();
    }

    private synchronized void cancel(Caller caller, FutureTask<?> task) {
        Deque<FutureTask<?>> queue = waiting.get(caller);
        if (queue != null && queue.remove(task)) {
            task.cancel(false);
            dequeued(caller, queue);
        }
    }

    /** Drops the newest entry of the caller with most entries, strangers first, if that caller has more than the newcomer. */
    private boolean makeRoom(Caller newcomer) {
        Optional<Caller> longest = longest(strangers).filter(other -> newcomer.known() || length(other) > length(newcomer) + 1)
                .or(() -> longest(known).filter(other -> newcomer.known() && length(other) > length(newcomer) + 1));
        longest.ifPresent(other -> {
            Deque<FutureTask<?>> queue = queue(other);
            queue.removeLast().cancel(false);
            dequeued(other, queue);
        });
        return longest.isPresent();
    }

    private Optional<Caller> longest(Deque<Caller> ring) {
        return ring.stream().max(Comparator.comparingInt(this::length));
    }

    private int length(Caller caller) {
        return queue(caller).size();
    }

    private Deque<FutureTask<?>> queue(Caller caller) {
        return waiting.getOrDefault(caller, new ArrayDeque<>());
    }

    private Deque<Caller> ring(Caller caller) {
        return caller.known() ? known : strangers;
    }

    private void dequeued(Caller caller, Deque<FutureTask<?>> queue) {
        count--;
        if (queue.isEmpty()) {
            waiting.remove(caller);
            ring(caller).remove(caller);
        }
    }

    private void work() {
        for (Optional<FutureTask<?>> next = next(); next.isPresent(); next = next()) {
            next.get().run();
        }
    }

    private synchronized Optional<FutureTask<?>> next() {
        try {
            while (count == 0 && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            return Optional.empty();
        }
        if (closed) {
            return Optional.empty();
        }
        Deque<Caller> ring = known.isEmpty() || strangersAreNext && !strangers.isEmpty() ? strangers : known;
        strangersAreNext = ring == known;
        Caller caller = ring.remove();
        ring.add(caller);
        Deque<FutureTask<?>> queue = queue(caller);
        FutureTask<?> task = queue.remove();
        dequeued(caller, queue);
        return Optional.of(task);
    }

    /** Cancels everything that is still waiting. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.values().forEach(queue -> queue.forEach(task -> task.cancel(false)));
        notifyAll();
    }
}

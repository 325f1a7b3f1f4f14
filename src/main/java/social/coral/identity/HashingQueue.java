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
 * Whose password is hashed next. Hashing never lets go of the processor and takes 19 MiB, so it is done on a few threads of its
 * own. Those who wait take turns: every other one is somebody who is known here, and among those of a kind each network, browser
 * or session has one after the other, so that a crowd from one place holds up nobody but itself.
 */
@Component
class HashingQueue implements AutoCloseable {

    /** On whose behalf a turn is taken. */
    record Asker(String name, boolean known) {}

    private static final int MOST_WAITING = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);
    private static final int SECONDS_UNTIL_IT_IS_WORTH_TRYING = 3;

    private final int mostWaiting;
    private final Duration longestWait;
    private final Map<Asker, Deque<FutureTask<?>>> waiting = new HashMap<>();
    private final Deque<Asker> known = new ArrayDeque<>();
    private final Deque<Asker> strangers = new ArrayDeque<>();
    private int count;
    private boolean strangersAreNext;
    private boolean closed;

    @Autowired
    HashingQueue() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), MOST_WAITING, LONGEST_WAIT);
    }

    HashingQueue(int threads, int mostWaiting, Duration longestWait) {
        this.mostWaiting = mostWaiting;
        this.longestWait = longestWait;
        for (int i = 0; i < threads; i++) {
            Thread.ofPlatform().daemon().name("passwords-" + i).start(this::work);
        }
    }

    /** Does the work when it is its turn. A 503 says that it was never begun. */
    <T extends Object> T take(Asker asker, Callable<T> work) {
        FutureTask<T> turn = new FutureTask<>(work);
        enter(asker, turn);
        try {
            return turn.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            leave(asker, turn);
            return result(turn);
        } catch (ExecutionException | CancellationException done) {
            return result(turn);
        } catch (InterruptedException e) {
            leave(asker, turn);
            throw interrupted(e);
        }
    }

    /** Result; of work that was begun after all when it was about to be given up, as well. */
    private static <T extends Object> T result(FutureTask<T> turn) {
        try {
            return turn.get();
        } catch (CancellationException given) {
            throw Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "request_timeout", "Too many people are signing in right now. Try again in a moment.")
                    .with("retry_after", SECONDS_UNTIL_IT_IS_WORTH_TRYING);
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

    private synchronized void enter(Asker asker, FutureTask<?> turn) {
        if (count >= mostWaiting && !makeRoomFor(asker)) {
            turn.cancel(false);
            return;
        }
        waiting.computeIfAbsent(asker, fresh -> {
            ring(fresh).add(fresh);
            return new ArrayDeque<>();
        }).add(turn);
        count++;
        notify();
    }

    private synchronized void leave(Asker asker, FutureTask<?> turn) {
        Deque<FutureTask<?>> line = waiting.get(asker);
        if (line != null && line.remove(turn)) {
            turn.cancel(false);
            left(asker, line);
        }
    }

    /** Where nobody else may come in, whoever has most there gives up their newest; strangers before those who are known. */
    private boolean makeRoomFor(Asker newcomer) {
        Optional<Asker> longest = longest(strangers).filter(most -> newcomer.known() || length(most) > length(newcomer) + 1)
                .or(() -> longest(known).filter(most -> newcomer.known() && length(most) > length(newcomer) + 1));
        longest.ifPresent(most -> {
            Deque<FutureTask<?>> line = line(most);
            line.removeLast().cancel(false);
            left(most, line);
        });
        return longest.isPresent();
    }

    private Optional<Asker> longest(Deque<Asker> ring) {
        return ring.stream().max(Comparator.comparingInt(this::length));
    }

    private int length(Asker asker) {
        return line(asker).size();
    }

    private Deque<FutureTask<?>> line(Asker asker) {
        return waiting.getOrDefault(asker, new ArrayDeque<>());
    }

    private Deque<Asker> ring(Asker asker) {
        return asker.known() ? known : strangers;
    }

    private void left(Asker asker, Deque<FutureTask<?>> line) {
        count--;
        if (line.isEmpty()) {
            waiting.remove(asker);
            ring(asker).remove(asker);
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
        Deque<Asker> ring = known.isEmpty() || strangersAreNext && !strangers.isEmpty() ? strangers : known;
        strangersAreNext = ring == known;
        Asker asker = ring.remove();
        ring.add(asker);
        Deque<FutureTask<?>> line = line(asker);
        FutureTask<?> turn = line.remove();
        left(asker, line);
        return Optional.of(turn);
    }

    /** Whoever still waits is turned away. */
    @Override
    public synchronized void close() {
        closed = true;
        waiting.values().forEach(line -> line.forEach(turn -> turn.cancel(false)));
        notifyAll();
    }
}

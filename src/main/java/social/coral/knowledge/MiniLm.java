package social.coral.knowledge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings in the process. The model is loaded when it is first needed, and released by the last of its threads, which end when they
 * have had nothing to do for a while.
 */
final class MiniLm implements Embeddings, AutoCloseable {

    /** Whoever has many texts queues again after so many, so that nobody waits for all of another's. */
    private static final int BATCH = 4;
    private static final int MAX_WAITING = 64;

    private final Path folder;
    private final ThreadPoolExecutor threads;
    private final AtomicLong tasks = new AtomicLong();
    private @Nullable MiniLmModel model;
    private int running;

    /** @param folder for the files that are unpacked, which must allow running them */
    MiniLm(Path folder, int threads, Duration idle) {
        this.folder = folder;
        this.threads = new ThreadPoolExecutor(threads, threads, idle.toMillis(), TimeUnit.MILLISECONDS, new PriorityBlockingQueue<>(),
                work -> Thread.ofPlatform().daemon().name("embeddings").unstarted(() -> live(work)));
        this.threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public String model() {
        return MiniLmModel.NAME;
    }

    @Override
    public int width() {
        return MiniLmModel.WIDTH;
    }

    @Override
    public List<float[]> of(List<String> texts) {
        return of(texts, Urgency.LATER);
    }

    @Override
    public double known(String text) {
        return ask(Urgency.NOW, model -> model.known(text));
    }

    /** Those for somebody who waits for them: they go before all others that have not begun. */
    Embeddings ofQuestions() {
        return new Embeddings() {
            @Override
            public String model() {
                return MiniLm.this.model();
            }

            @Override
            public int width() {
                return MiniLm.this.width();
            }

            @Override
            public double known(String text) {
                return MiniLm.this.known(text);
            }

            @Override
            public List<float[]> of(List<String> texts) {
                return MiniLm.this.of(texts, Urgency.NOW);
            }
        };
    }

    private List<float[]> of(List<String> texts, Urgency urgency) {
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(from + BATCH, texts.size()));
            vectors.addAll(ask(urgency, model -> batch.stream().map(model::vector).toList()));
        }
        return vectors;
    }

    private enum Urgency {
        NOW,
        LATER
    }

    /** The work of a thread, in the order of its urgency and then of its number. */
    private static final class Task<T> extends FutureTask<T> implements Comparable<Task<?>> {

        private final Urgency urgency;
        private final long number;

        Task(Callable<T> work, Urgency urgency, long number) {
            super(work);
            this.urgency = urgency;
            this.number = number;
        }

        @Override
        public int compareTo(Task<?> other) {
            return urgency == other.urgency ? Long.compare(number, other.number) : urgency.compareTo(other.urgency);
        }
    }

    private <T extends Object> T ask(Urgency urgency, Function<MiniLmModel, T> question) {
        Task<T> answer = new Task<>(() -> question.apply(loaded()), urgency, tasks.incrementAndGet());
        try {
            if (threads.getQueue().size() >= MAX_WAITING) {
                throw new RejectedExecutionException();
            }
            threads.execute(answer);
        } catch (RejectedExecutionException e) {
            throw new EmbeddingsFault("Too many texts are being turned into vectors right now.", e);
        }
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof EmbeddingsFault fault ? new EmbeddingsFault(String.valueOf(fault.getMessage()), fault)
                    : new IllegalStateException("texts could not be turned into vectors", e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new EmbeddingsFault("Interrupted while texts were turned into vectors.", e);
        }
    }

    private void live(Runnable work) {
        synchronized (this) {
            running++;
        }
        try {
            work.run();
        } finally {
            end();
        }
    }

    private synchronized void end() {
        running--;
        if (running == 0 && model != null) {
            model.close();
            model = null;
            NativeMemory.giveBack();
        }
    }

    private synchronized MiniLmModel loaded() {
        MiniLmModel loaded = model;
        if (loaded == null) {
            loaded = MiniLmModel.load(folder);
            model = loaded;
        }
        return loaded;
    }

    synchronized boolean isLoaded() {
        return model != null;
    }

    /** Takes no more texts. Those that wait are still turned into vectors, which takes seconds at most. */
    @Override
    public void close() {
        threads.shutdown();
    }
}

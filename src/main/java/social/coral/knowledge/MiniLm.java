package social.coral.knowledge;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings in the process. The model is loaded when it is first needed, and released by the last of its threads, which end when they
 * have had nothing to do for a while.
 */
final class MiniLm implements Embeddings, AutoCloseable {

    /** Whoever has many texts queues again after so many, so that a single text never waits for all of another's. */
    private static final int BATCH = 16;
    private static final int MAX_WAITING = 64;

    private final Path folder;
    private final ThreadPoolExecutor threads;
    private @Nullable MiniLmModel model;
    private int running;

    /** @param folder for the files that are unpacked, which must allow running them */
    MiniLm(Path folder, int threads, Duration idle) {
        this.folder = folder;
        this.threads = new ThreadPoolExecutor(threads, threads, idle.toMillis(), TimeUnit.MILLISECONDS, new ArrayBlockingQueue<>(MAX_WAITING),
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
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += BATCH) {
            List<String> batch = texts.subList(from, Math.min(from + BATCH, texts.size()));
            vectors.addAll(ask(model -> batch.stream().map(model::vector).toList()));
        }
        return vectors;
    }

    @Override
    public double known(String text) {
        return ask(model -> model.known(text));
    }

    private <T> T ask(Function<MiniLmModel, T> question) {
        Future<T> answer;
        try {
            answer = threads.submit(() -> question.apply(loaded()));
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

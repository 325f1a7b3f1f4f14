package social.coral.jobs;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A turn that lasts until its time is up or its process stops. */
final class HeldTurn implements Turn, AutoCloseable {

    /** Long enough for a page of posts, short enough for those who wait. */
    private static final long NANOS = 10_000_000_000L;

    private final Semaphore atWork;
    private final BooleanSupplier stopping;
    private final Runnable progress;
    private final AtomicBoolean out = new AtomicBoolean();
    private final AtomicBoolean progressed = new AtomicBoolean();
    private final long began;

    private HeldTurn(Semaphore atWork, BooleanSupplier stopping, Runnable progress) {
        this.atWork = atWork;
        this.stopping = stopping;
        this.progress = progress;
        this.began = System.nanoTime();
    }

    /** Starts when a work permit is free; its time counts from then on. */
    static HeldTurn begin(Semaphore atWork, BooleanSupplier stopping, Runnable progress) throws InterruptedException {
        atWork.acquire();
        return new HeldTurn(atWork, stopping, progress);
    }

    @Override
    public boolean isOver() {
        return isStopping() || System.nanoTime() - began > NANOS;
    }

    @Override
    public boolean isStopping() {
        return stopping.getAsBoolean();
    }

    @Override
    public void progressed() {
        if (progressed.compareAndSet(false, true)) {
            progress.run();
        }
    }

    @Override
    public <T extends Object> T outside(Supplier<T> call) {
        out.set(true);
        atWork.release();
        try {
            return call.get();
        } finally {
            comeBack();
        }
    }

    @Override
    public void comeBack() {
        if (out.get()) {
            // Even when interrupted: what remains to be written takes no time.
            atWork.acquireUninterruptibly();
            if (!out.compareAndSet(true, false)) {
                atWork.release();
            }
        }
    }

    @Override
    public void close() {
        atWork.release();
    }
}

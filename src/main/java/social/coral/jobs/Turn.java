package social.coral.jobs;

import java.util.function.Supplier;

/** A job's hold on a worker, for a bounded time. */
public interface Turn {

    /** Whether it is time to stop between two pieces of work and continue later. */
    boolean isOver();

    /** Whether it ended because the process is stopping. */
    boolean isStopping();

    /** Reports progress: if the process dies from now on, what came before was not the cause. */
    void progressed();

    /** Makes an outside call, during which other jobs may use the work permit. */
    <T extends Object> T outside(Supplier<T> call);

    /** Takes a permit again before the outside call ends, because its response begins to take memory. Any thread may call it. */
    void comeBack();
}

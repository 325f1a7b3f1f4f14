package social.coral.jobs;

import java.util.function.Supplier;

/** A job's hold on a worker, for a bounded time. */
public interface Turn {

    /** Whether it is time to give the worker back, between two pieces of work, and to ask to go on later. */
    boolean isOver();

    /** Whether it is over because the process is about to stop. */
    boolean isStopping();

    /** Says that something of the job is done for good: whatever ends the process from now on, it was not what came before. */
    void progressed();

    /** Makes a call to somebody outside, in whose time others work. */
    <T extends Object> T outside(Supplier<T> call);

    /** Takes the place again before the call outside is over, because what it brought begins to take memory; from any thread. */
    void comeBack();
}

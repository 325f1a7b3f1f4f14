package social.coral.jobs;

/**
 * Work of one kind, which waits only for its like. A job that waits for somebody outside holds a place among the many and none
 * among the few.
 */
public enum Lane {
    /** Short: sees whether something is to begin, and announces it. */
    SCHEDULES(8, 4, 2),
    /** What the installation owes its people, whatever else is going on. */
    HOUSEKEEPING(4, 2, 2),
    /** Agents at work for a tenant, most of the time waiting for a service. */
    RUNS(256, 8, 2);

    /** How many jobs one process has in hand at once. */
    final int places;

    /** How many of them may use the processor and the database at once. */
    final int atWork;

    /** How many of them may be one tenant's. */
    final int ofOneTenant;

    Lane(int places, int atWork, int ofOneTenant) {
        this.places = places;
        this.atWork = atWork;
        this.ofOneTenant = ofOneTenant;
    }
}

package social.coral.jobs;

/**
 * One kind of work, which queues only behind its own kind. A job that waits for an outside service holds one of the many job
 * slots and none of the few work permits.
 */
public enum Lane {
    /** Short jobs that check whether something should start, and schedule it. */
    SCHEDULES(8, 4, 2),
    /** Housekeeping that must proceed whatever else is going on. */
    HOUSEKEEPING(4, 2, 2),
    /** What keeps a search up to date, which waits for the model in the process most of the time. */
    KNOWLEDGE(16, 2, 1),
    /** Vectors made by services, which may take their time. */
    SERVICE_EMBEDDING(256, 2, 1),
    /** Agent runs, which spend most of their time waiting for a service. */
    RUNS(256, 8, 2);

    /** How many jobs one process holds at once. */
    final int places;

    /** How many of them may use the processor and the database at once. */
    final int atWork;

    /** How many of them may belong to one tenant. */
    final int ofOneTenant;

    Lane(int places, int atWork, int ofOneTenant) {
        this.places = places;
        this.atWork = atWork;
        this.ofOneTenant = ofOneTenant;
    }
}

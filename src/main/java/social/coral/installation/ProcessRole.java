package social.coral.installation;

/** The part of the work that a process does, where several processes share one database. */
public enum ProcessRole {
    /** Does everything: the usual case of a single process. */
    ALL,
    /** Serves pages and API, and leaves jobs to the workers. */
    WEB,
    /** Runs jobs, such as agents' runs and schedules. Serves nothing but its health. */
    WORKER;

    public boolean runsJobs() {
        return this != WEB;
    }

    /** Reports whether this process serves pages and API. */
    public boolean serves() {
        return this != WORKER;
    }
}

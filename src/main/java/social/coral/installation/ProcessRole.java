package social.coral.installation;

/** Which part of the work a process does; several processes on one database share it out. */
public enum ProcessRole {
    /** Everything: the usual case of one process. */
    ALL,
    /** Serves pages and API, and leaves what is due to the workers. */
    WEB,
    /** Does what is due: agents' runs and schedules. Serves nothing but its health. */
    WORKER;

    /** Whether this process takes up what is due. */
    public boolean works() {
        return this != WEB;
    }

    /** Whether this process serves pages and API. */
    public boolean serves() {
        return this != WORKER;
    }
}

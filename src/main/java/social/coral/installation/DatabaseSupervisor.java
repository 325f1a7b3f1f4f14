package social.coral.installation;

/** Keeps a database server running, from what regular probes of it show. An external server has none. */
public interface DatabaseSupervisor {

    /** The result of a probe. */
    enum ProbeResult {
        /** The server accepted a connection and answered. */
        ANSWERED,
        /** The server cannot be reached, or says that it cannot answer now. */
        REFUSED,
        /** The server has not answered several probes in a row. */
        TIMED_OUT
    }

    /** Reacts to a probe. The next one starts after this returns. */
    void onProbe(ProbeResult result);
}

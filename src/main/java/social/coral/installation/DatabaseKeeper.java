package social.coral.installation;

/** Whoever runs the database server, told again and again how it does; a server of the operator's has no keeper here. */
public interface DatabaseKeeper {

    /** What a look at the database showed. */
    enum Pulse {
        /** It took a connection and answered. */
        ANSWERS,
        /** It cannot be reached, or says that it cannot answer now. */
        REFUSES,
        /** It has said nothing at all for several looks. */
        SILENT
    }

    /** Does what the pulse asks for; the next look comes after it. */
    void tend(Pulse pulse);
}

package social.coral.networks;

/** Told of every call right after it ended, on the thread that made it. */
@FunctionalInterface
public interface CallListener {
    void called(NetworkCall call);

    /** Told when an answer is there and about to be read, on whatever thread; holds it up until there is memory for what is in it. */
    default void arrived() {}
}

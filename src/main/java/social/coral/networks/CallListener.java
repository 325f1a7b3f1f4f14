package social.coral.networks;

/** Told of every call right after it ended, on the thread that made it. */
@FunctionalInterface
public interface CallListener {
    void called(NetworkCall call);
}

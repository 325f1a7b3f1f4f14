package social.coral.vault;

/**
 * A stored key does not open: the master key it was sealed under is gone, or the stored value was altered or moved. Work
 * that needs the key stops; the key has to be entered again or the master key brought back.
 */
public final class KeyUnreadable extends RuntimeException {

    private final ServiceName service;

    KeyUnreadable(ServiceName service, Throwable cause) {
        super("The stored " + service.title() + " cannot be opened. Enter it again, or bring back the master key it was sealed under "
                + "(ENCRYPTION_KEYS_OLD).", cause);
        this.service = service;
    }

    public ServiceName service() {
        return service;
    }
}

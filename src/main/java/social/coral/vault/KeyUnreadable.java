package social.coral.vault;

/**
 * Thrown when a stored key cannot be decrypted: the master key it was encrypted under is missing, or the stored value was altered
 * or moved. The key has to be entered again, or the master key restored.
 */
public final class KeyUnreadable extends RuntimeException {

    KeyUnreadable(ServiceName service, Throwable cause) {
        super("The stored " + service.title() + " cannot be decrypted. Enter it again, or restore the master key it was encrypted under "
                + "(ENCRYPTION_KEYS_OLD).", cause);
    }
}

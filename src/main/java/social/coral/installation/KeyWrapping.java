package social.coral.installation;

/**
 * An external key service that encrypts keys with a key of its own, which never leaves it. A refused or unanswered request
 * is a {@link StartFault} with the remedy.
 */
public interface KeyWrapping {

    /** Returns one line of text that only the same service can {@link #unwrap}. */
    String wrap(byte[] key);

    byte[] unwrap(String wrapped);

    /** Reports whether the text looks like a result of {@link #wrap}. */
    boolean isWrapped(String text);

    /** Describes the service's location to an operator. */
    String location();
}

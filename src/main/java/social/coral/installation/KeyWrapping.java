package social.coral.installation;

/**
 * A key service outside, which keeps a key of its own and lends its use: what it wraps is worth nothing without it. What
 * it refuses or does not answer is a {@link StartFault} with the remedy.
 */
public interface KeyWrapping {

    /** One line of text that only {@link #unwrap} of the same service makes anything of. */
    String wrap(byte[] key);

    byte[] unwrap(String wrapped);

    /** Whether the text looks like one that {@link #wrap} gave. */
    boolean wrapped(String text);

    /** Where the service is, as an operator knows it. */
    String place();
}

package social.coral.content;

import java.util.Locale;

/** The outcome of the last visit to an account. */
public enum AccountState {
    /** Not visited yet. */
    NEW,
    OK,
    /** No account on the network has this name. */
    NOT_FOUND,
    /** The network does not show us its posts: protected or suspended. */
    REFUSED,
    /** A failure that may pass by itself. */
    FAILING;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

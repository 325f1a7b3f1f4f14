package social.coral.content;

import java.util.Locale;

/** How the last visit to an account went. */
public enum AccountState {
    /** Not visited yet. */
    NEW,
    OK,
    /** Nobody has this name on the network. */
    NOT_FOUND,
    /** The network does not show its posts to us: protected, suspended. */
    REFUSED,
    /** Something that may pass by itself. */
    FAILING;

    static AccountState of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package social.coral.content;

import java.util.Locale;

/** Where a post or an account lives. The sandbox is the make-believe network that works without keys. */
public enum Network {
    X,
    SANDBOX;

    /** The network of a stored name. */
    public static Network of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package social.coral.networks;

import java.util.Locale;

/** The network of a post or an account. The sandbox is a simulated network that needs no key. */
public enum Network {
    X,
    SANDBOX;

    /** Returns the network of a stored name. */
    public static Network of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package social.coral.networks;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The network of a post or an account. The sandbox is a simulated network that needs no key. */
public enum Network {
    X,
    SANDBOX;

    /** Returns the network of a stored name. */
    public static Network of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Returns the address of a post that its author published here; null where there is none, as for one that came without its id. */
    public @Nullable String addressOf(String author, String postId) {
        return this == X && !PostIds.isDerived(postId) ? "https://x.com/" + author + "/status/" + postId : null;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

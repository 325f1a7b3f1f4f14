package social.coral.egress;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an outgoing call is for, where it may go, and its limits.
 *
 * @param name a short name for logs and metrics, such as {@code x-api}
 * @param timeout the longest that the whole call may last, from name resolution to the response's last byte, not counting waits for this process
 * @param maxBytes the largest response, counted before and after decompression
 * @param origins the only schemes, hosts and ports that it may go to
 * @param named whether others named the address, so that it is never the one of a service or of this process, and only a usual port
 */
public record Purpose(String name, Duration timeout, int maxBytes, Set<Origin> origins, boolean named) {

    public Purpose {
        origins = Set.copyOf(origins);
    }

    /** @param destinations addresses of the services that it may call; only scheme, host and port of each count */
    public Purpose(String name, Duration timeout, int maxBytes, URI... destinations) {
        this(name, timeout, maxBytes, Set.of(destinations).stream().map(Origin::of).collect(Collectors.toSet()), false);
    }

    /** A call to an address that others named, such as the source of an answer. */
    public static Purpose named(String name, Duration timeout, int maxBytes, URI address) {
        return new Purpose(name, timeout, maxBytes, Set.of(Origin.of(address)), true);
    }
}

package social.coral.egress;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an outgoing call is for, where it may go, and what it may take at most.
 *
 * @param name a short name for logs and figures, such as {@code x-api}
 * @param timeout the longest that the whole call may last, from the name's resolution to the answer's last byte, apart from what it waits for us
 * @param maxBytes the largest answer, counted before and after decompression
 * @param origins the only schemes, hosts and ports that it may go to
 */
public record Purpose(String name, Duration timeout, int maxBytes, Set<Origin> origins) {

    public Purpose {
        origins = Set.copyOf(origins);
    }

    /** @param destinations addresses of the services that it may go to; of each its scheme, host and port count */
    public Purpose(String name, Duration timeout, int maxBytes, URI... destinations) {
        this(name, timeout, maxBytes, Set.of(destinations).stream().map(Origin::of).collect(Collectors.toSet()));
    }
}

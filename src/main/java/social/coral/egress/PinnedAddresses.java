package social.coral.egress;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Pins the client to exactly the addresses that were checked, from one lookup. There is no second lookup between the check
 * and the connection. TLS still uses the name.
 */
final class PinnedAddresses implements DnsResolver {

    private final Destinations destinations;

    PinnedAddresses(Destinations destinations) {
        this.destinations = destinations;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        return destinations.addresses(new Endpoint(Endpoint.plain(host), port)).stream()
                .map(address -> new InetSocketAddress(address, port))
                .toList();
    }

    /** Without the port it is unknown whether a private address is allowed. */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        throw new UnknownHostException(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}

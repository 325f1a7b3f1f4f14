package social.coral.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Decides where calls may go: checks the written address before the call, and the resolved addresses while connecting. */
final class Destinations {

    private final AllowedEndpoints allowed;
    private final Resolver resolver;

    Destinations(AllowedEndpoints allowed, Resolver resolver) {
        this.allowed = allowed;
        this.resolver = resolver;
    }

    AllowedEndpoints allowed() {
        return allowed;
    }

    /** Returns the endpoint of the address if the purpose may use it. Nothing is resolved yet. */
    Origin check(Purpose purpose, URI uri) {
        if (Endpoint.of(uri) == null || uri.getRawUserInfo() != null || uri.getHost().contains("%")) {
            throw refused("the address is not a plain http or https address with a host name");
        }
        Origin origin = Origin.of(uri);
        if (looksLikeAnotherSpellingOfANumber(origin.host())) {
            throw refused("the host " + origin.host() + " is a number in an unusual spelling; write it as four decimal numbers");
        }
        if (!purpose.origins().contains(origin)) {
            throw refused("calls for " + purpose.name() + " do not go to " + origin.scheme() + "://" + origin.endpoint());
        }
        if (purpose.named() && !allowed.mayBeNamed(origin.endpoint())) {
            throw refused("calls for " + purpose.name() + " go to pages of the web only");
        }
        return origin;
    }

    /**
     * Returns the addresses that a connection to the endpoint may use. A private one refuses them all: a name with both kinds
     * is a mistake or a trap, and chance would decide which one is used.
     */
    List<InetAddress> addresses(Endpoint endpoint) throws UnknownHostException {
        List<InetAddress> addresses = resolver.resolve(endpoint.host());
        if (addresses.isEmpty()) {
            throw new UnknownHostException(endpoint.host());
        }
        for (InetAddress address : addresses) {
            if (AddressRanges.isPrivate(address) && !allowed.contains(endpoint, address)) {
                throw refused("the host " + endpoint.host() + " has a private address, which outgoing calls may not reach; if that is"
                        + " intended, the operator allows it with CORAL_ALLOW_PRIVATE_EGRESS=" + endpoint);
            }
        }
        return addresses;
    }

    /** Reports whether all addresses of an endpoint are private ones that calls may reach. */
    boolean isPrivate(URI uri) throws UnknownHostException {
        Endpoint endpoint = Endpoint.of(uri);
        return endpoint != null && addresses(endpoint).stream().allMatch(AddressRanges::isPrivate);
    }

    /** Decimal, octal, hexadecimal and shortened forms (2130706433, 0177.0.0.1, 0x7f.1, 127.1) that resolvers read differently. */
    private static boolean looksLikeAnotherSpellingOfANumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean number = !host.contains(":") && last.matches("[0-9]+|0x[0-9a-f]*");
        return number && !host.matches("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.|$)){4}");
    }

    private static EgressFault refused(String why) {
        return new EgressFault(EgressFault.Kind.REFUSED, "An outgoing call was refused: " + why + ".", null);
    }
}

package social.coral.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;

/** Decides where calls may go: resolves the host of an address and refuses what leads into private networks. */
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

    Destination check(URI uri) {
        Endpoint endpoint = Endpoint.of(uri);
        if (endpoint == null || uri.getRawUserInfo() != null || endpoint.host().contains("%")) {
            throw refused("the address is not a plain http or https address with a host name");
        }
        if (looksLikeAnotherSpellingOfANumber(endpoint.host())) {
            throw refused("the host " + endpoint.host() + " is a number in an unusual spelling; write it as four decimal numbers");
        }
        List<InetAddress> addresses = resolve(endpoint.host());
        for (InetAddress address : addresses) {
            if (AddressRanges.isPrivate(address) && !allowed.contains(endpoint, address)) {
                throw refused("the host " + endpoint.host() + " has a private address, which outgoing calls may not reach; if that is"
                        + " intended, the operator allows it with CORAL_ALLOW_PRIVATE_EGRESS=" + shown(endpoint));
            }
        }
        return new Destination(endpoint.host(), endpoint.port(), addresses);
    }

    private List<InetAddress> resolve(String host) {
        try {
            List<InetAddress> addresses = resolver.resolve(host);
            if (addresses.isEmpty()) {
                throw new UnknownHostException(host);
            }
            return addresses;
        } catch (UnknownHostException e) {
            throw new EgressFault(EgressFault.Kind.UNREACHABLE,
                    "The host " + host + " has no address; check its spelling and this machine's DNS", e);
        }
    }

    /** Decimal, octal, hexadecimal and shortened forms (2130706433, 0177.0.0.1, 0x7f.1, 127.1) that resolvers read differently. */
    private static boolean looksLikeAnotherSpellingOfANumber(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean number = !host.contains(":") && last.matches("[0-9]+|0x[0-9a-f]*");
        return number && !host.matches("((25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(\\.|$)){4}");
    }

    private static String shown(Endpoint endpoint) {
        String host = endpoint.host().contains(":") ? "[" + endpoint.host() + "]" : endpoint.host();
        return host + ":" + endpoint.port();
    }

    private static EgressFault refused(String why) {
        return new EgressFault(EgressFault.Kind.REFUSED, "An outgoing call was refused: " + why, null);
    }
}

package social.coral.egress;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The address ranges that lead into the operator's own network, to a cloud's metadata service, or nowhere (IANA's
 * special-purpose registries). A translated IPv4 address is judged by the address it embeds.
 */
final class AddressRanges {

    private record Range(byte[] prefix, int bits) {

        static Range of(String cidr) {
            String[] parts = cidr.split("/", -1);
            return new Range(InetAddress.ofLiteral(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final List<Range> PRIVATE = ranges(
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            // Teredo and its neighbours, documentation, 6to4, documentation.
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** The globally reachable range. Loopback, link-local, unique local, multicast and mapped addresses are outside. */
    private static final Range GLOBAL = Range.of("2000::/3");

    /** IPv4 seen through a translator, which a network without IPv4 needs. A translator's local prefix leads anywhere. */
    private static final Range TRANSLATED = Range.of("64:ff9b::/96");

    private AddressRanges() {}

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (TRANSLATED.contains(bytes)) {
            return anyContains(PRIVATE, Arrays.copyOfRange(bytes, 12, 16));
        }
        return anyContains(PRIVATE, bytes) || address instanceof Inet6Address && !GLOBAL.contains(bytes);
    }

    private static boolean anyContains(List<Range> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<Range> ranges(String... cidrs) {
        return Arrays.stream(cidrs).map(Range::of).toList();
    }
}

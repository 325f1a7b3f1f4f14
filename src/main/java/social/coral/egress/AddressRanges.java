package social.coral.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * The address ranges that lead into the operator's own network, to a cloud's metadata service, or nowhere (the special
 * purpose registries of IANA). An IPv6 address that carries an IPv4 address is judged by what it carries.
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
            "::/127", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10",
            "fec0::/10", "ff00::/8");

    /** Where an IPv4 address begins inside an IPv6 one: compatible, mapped, translated (RFC 2765, 6052, 8215), 6to4. */
    private static final List<Range> CARRIES_IPV4_LAST =
            ranges("::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48");
    private static final Range CARRIES_IPV4_SECOND = Range.of("2002::/16");

    private AddressRanges() {}

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (anyContains(PRIVATE, bytes)) {
            return true;
        }
        if (address instanceof Inet4Address) {
            return false;
        }
        if (anyContains(CARRIES_IPV4_LAST, bytes)) {
            return anyContains(PRIVATE, Arrays.copyOfRange(bytes, 12, 16));
        }
        return CARRIES_IPV4_SECOND.contains(bytes) && anyContains(PRIVATE, Arrays.copyOfRange(bytes, 2, 6));
    }

    private static boolean anyContains(List<Range> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static List<Range> ranges(String... cidrs) {
        return Arrays.stream(cidrs).map(Range::of).toList();
    }
}

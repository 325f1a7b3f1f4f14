package social.coral.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The ranges against a second formulation of the same registries: first and last address of each, compared as numbers. */
class AddressRangesProperties {

    private record Span(BigInteger first, BigInteger last) {

        boolean holds(BigInteger address) {
            return first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
        }
    }

    private static final List<Span> INSIDE_4 = List.of(
            four("0.0.0.0", "0.255.255.255"), four("10.0.0.0", "10.255.255.255"), four("100.64.0.0", "100.127.255.255"),
            four("127.0.0.0", "127.255.255.255"), four("169.254.0.0", "169.254.255.255"), four("172.16.0.0", "172.31.255.255"),
            four("192.0.0.0", "192.0.0.255"), four("192.0.2.0", "192.0.2.255"), four("192.88.99.0", "192.88.99.255"),
            four("192.168.0.0", "192.168.255.255"), four("198.18.0.0", "198.19.255.255"), four("198.51.100.0", "198.51.100.255"),
            four("203.0.113.0", "203.0.113.255"), four("224.0.0.0", "239.255.255.255"), four("240.0.0.0", "255.255.255.255"));

    /** Unspecified to site-local in one sweep below 2000::, unique local to multicast above 3fff:ffff, and the islands between. */
    private static final List<Span> INSIDE_6 = List.of(
            six("0000", "1fff"), six("20010000", "200101ff"), six("20010db8", "20010db8"), six("2002", "2002"), six("3fff0", "3fff0"),
            six("4000", "ffff"));
    private static final Span TRANSLATED = six("0064ff9b" + "0".repeat(16), "0064ff9b" + "0".repeat(16));

    private static Span four(String first, String last) {
        return new Span(number(bytes(first)), number(bytes(last)));
    }

    /** All addresses whose digits begin with those of {@code first} to those that begin with {@code last}. */
    private static Span six(String first, String last) {
        return new Span(new BigInteger(first + "0".repeat(32 - first.length()), 16), new BigInteger(last + "f".repeat(32 - last.length()), 16));
    }

    private static byte[] bytes(String literal) {
        return InetAddress.ofLiteral(literal).getAddress();
    }

    private static BigInteger number(byte[] bytes) {
        return new BigInteger(1, bytes);
    }

    private static boolean refused(byte[] address) {
        try {
            return AddressRanges.isPrivate(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] written(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        byte[] digits = number.toByteArray();
        int kept = Math.min(length, digits.length);
        System.arraycopy(digits, digits.length - kept, bytes, length - kept, kept);
        return bytes;
    }

    private static Arbitrary<byte[]> within(List<Span> spans, int length) {
        Arbitrary<BigInteger> anywhere = Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.ONE.shiftLeft(8 * length).subtract(BigInteger.ONE));
        Arbitrary<BigInteger> near = Arbitraries.of(spans)
                .flatMap(span -> Arbitraries.bigIntegers().between(span.first().subtract(BigInteger.ONE).max(BigInteger.ZERO), span.last().add(BigInteger.ONE)))
                .filter(number -> number.bitLength() <= 8 * length);
        return Arbitraries.oneOf(anywhere, near).map(number -> written(number, length));
    }

    @Provide
    Arbitrary<byte[]> four() {
        return within(INSIDE_4, 4);
    }

    @Provide
    Arbitrary<byte[]> six() {
        return within(INSIDE_6, 16);
    }

    @Property(tries = 5000)
    void anIpv4AddressIsRefusedExactlyWhenARegistryKeepsItInside(@ForAll("four") byte[] address) {
        assertThat(refused(address)).isEqualTo(INSIDE_4.stream().anyMatch(span -> span.holds(number(address))));
    }

    @Property(tries = 5000)
    void anIpv6AddressIsRefusedExactlyWhenARegistryKeepsItInside(@ForAll("six") byte[] address) {
        boolean mapped = number(address).shiftRight(32).equals(BigInteger.valueOf(0xffff));
        if (!mapped && !TRANSLATED.holds(number(address))) {
            assertThat(refused(address)).isEqualTo(INSIDE_6.stream().anyMatch(span -> span.holds(number(address))));
        }
    }

    @Property(tries = 5000)
    void anIpv4AddressInsideAnIpv6OneIsNoWayRoundTheRefusal(@ForAll("four") byte[] address) {
        boolean inside = refused(address);
        assertThat(refused(carried("00000000000000000000ffff", address))).as("mapped").isEqualTo(inside);
        assertThat(refused(carried("0064ff9b0000000000000000", address))).as("translated").isEqualTo(inside);
        for (String prefix : List.of("000000000000000000000000", "0000000000000000ffff0000", "0064ff9b0001000000000000")) {
            assertThat(refused(carried(prefix, address))).as(prefix).isTrue();
        }
        byte[] sixToFour = carried("000000000000000000002002", address);
        assertThat(refused(Arrays.copyOf(Arrays.copyOfRange(sixToFour, 10, 16), 16))).as("6to4").isTrue();
        assertThat(refused(carried("200100000000000000000000", address))).as("Teredo").isTrue();
    }

    private static byte[] carried(String prefix, byte[] last) {
        return written(new BigInteger(prefix, 16).shiftLeft(32).or(number(last)), 16);
    }
}

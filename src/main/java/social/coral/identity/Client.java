package social.coral.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;

/**
 * The origin of a request, for the list of sessions and for counting attempts.
 *
 * @param address the numeric IP address
 * @param userAgent the User-Agent header, truncated
 */
public record Client(String address, @Nullable String userAgent) {

    private static final int MAX_USER_AGENT_LENGTH = 400;

    public static Client of(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return new Client(addressOf(request), StorableText.truncateNullable(agent, MAX_USER_AGENT_LENGTH));
    }

    /** The address of the peer, as digits. */
    public static String addressOf(HttpServletRequest request) {
        return withoutZone(request.getRemoteAddr());
    }

    /** Removes the interface that a link-local address names after a percent sign. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** Returns what counts as one client: the address, or in IPv6 the /64 network that a household has. */
    public String network() {
        return prefix(8);
    }

    /** Returns what one holder can have many networks of: the address, or in IPv6 the /48. */
    String site() {
        return prefix(6);
    }

    private String prefix(int length) {
        if (address.indexOf(':') < 0) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            for (int i = length; i < bytes.length && bytes.length == 16; i++) {
                bytes[i] = 0;
            }
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}

package social.coral.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import social.coral.api.StorableText;

/**
 * Where a request comes from, as the list of sessions shows it and as attempts are counted.
 *
 * @param address the address of the peer, as digits
 * @param userAgent what the peer calls itself, cut to a sane length
 */
public record Client(String address, @Nullable String userAgent) {

    private static final int USER_AGENT_LENGTH = 400;

    public static Client of(HttpServletRequest request) {
        String agent = request.getHeader("User-Agent");
        return new Client(
                withoutZone(request.getRemoteAddr()),
                StorableText.cutOptional(agent, USER_AGENT_LENGTH));
    }

    /** A link-local address names the interface behind a percent sign, which is no part of it. */
    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }

    /** What is counted as one client: an address, or the /64 network that a household has in IPv6. */
    public String network() {
        return prefix(8);
    }

    /** What one holder can have many networks of: in IPv6 the /48. */
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

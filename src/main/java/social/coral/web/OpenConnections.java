package social.coral.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import social.coral.identity.Client;

/**
 * Decides which connections go when there are too many: those that wait for their client, the longest first. No request is
 * answered on them, so nobody loses more than the time to connect again. A head that comes so slowly that no request is ever
 * whole is one of them.
 */
final class OpenConnections {

    static final int MOST = 1_000;
    private static final int MANY = MOST * 3 / 4;
    static final int MOST_OF_A_NETWORK = MOST / 4;
    /** Longer than an idle connection is kept, by as much as a head may take. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final long SERVING = Long.MAX_VALUE;

    private record Waiting(SocketChannel channel, @Nullable String network, long since) {}

    /** By the connection's id: since when it waits for its client. */
    private final ConcurrentHashMap<String, Long> waitingSince = new ConcurrentHashMap<>();
    private final TrustedProxies proxies;

    OpenConnections(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    void begins(String id) {
        waitingSince.put(id, SERVING);
    }

    void ends(String id) {
        waitingSince.put(id, System.nanoTime());
    }

    /** Ends those that wait too long or are too many. */
    void look(Iterable<SocketWrapperBase<NioChannel>> open) {
        long now = System.nanoTime();
        List<Waiting> waiting = new ArrayList<>();
        Map<String, Integer> ofNetworks = new HashMap<>();
        Map<String, Boolean> known = new HashMap<>();
        int all = 0;
        for (SocketWrapperBase<NioChannel> connection : open) {
            String id = connection.getServletConnection("http/1.1", "").getConnectionId();
            SocketChannel channel = connection.getSocket().getIOChannel();
            String network = channel == null ? null : networkOf(channel);
            known.put(id, true);
            all++;
            if (network != null) {
                ofNetworks.merge(network, 1, Integer::sum);
            }
            Long since = waitingSince.putIfAbsent(id, now);
            if (channel != null && (since == null || since != SERVING)) {
                waiting.add(new Waiting(channel, network, since == null ? now : since));
            }
        }
        waitingSince.keySet().removeIf(id -> !known.containsKey(id));
        waiting.sort(Comparator.comparingLong(Waiting::since));
        for (Waiting connection : waiting) {
            int ofNetwork = connection.network() == null ? 0 : ofNetworks.getOrDefault(connection.network(), 0);
            if (now - connection.since() > LONGEST_WAIT.toNanos() || ofNetwork > MOST_OF_A_NETWORK || all > MANY) {
                end(connection.channel());
                all--;
                if (connection.network() != null) {
                    ofNetworks.put(connection.network(), ofNetwork - 1);
                }
            }
        }
    }

    /** Who is counted together; nobody where a proxy brings requests of many. */
    private @Nullable String networkOf(SocketChannel channel) {
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress peer) {
                InetAddress address = peer.getAddress();
                return proxies.are(address) ? null : new Client(address.getHostAddress(), null).network();
            }
        } catch (IOException e) {
            // It is closed already.
        }
        return null;
    }

    /** Tomcat then finds the end of it by itself and clears up; to close it under its hands would not be safe. */
    private static void end(SocketChannel channel) {
        try {
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException e) {
            // It is closed already.
        }
    }
}

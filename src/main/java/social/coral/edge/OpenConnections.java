package social.coral.edge;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import social.coral.identity.Client;

/**
 * Decides which connections go when there are too many: those of the network that has most. Of these the ones first that wait for
 * their client, where no request is answered and nobody loses more than the time to connect again, the longest first; then those
 * whose answer takes longest. A head that comes so slowly that no request is ever whole is one that waits.
 */
final class OpenConnections {

    static final int MOST = 1_000;
    static final int MANY = MOST * 3 / 4;
    static final int MOST_OF_A_NETWORK = MOST / 4;
    /** Longer than an idle connection is kept, by as much as a head may take. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    /** In place of a network where a proxy brings the requests of many. */
    private static final String PROXIES = "";

    interface Connection {

        String id();

        /** The peer's, unless the connection is closed already. */
        @Nullable String address();

        void end();
    }

    private record State(boolean serving, long since) {}

    private record Open(Connection connection, State state) {}

    private static final Comparator<Open> FIRST_TO_GO =
            Comparator.<Open, Boolean>comparing(open -> open.state().serving()).thenComparing(open -> open.state().since());

    /** By the connection's id. */
    private final ConcurrentHashMap<String, State> states = new ConcurrentHashMap<>();
    /** When what is waited for has to have come, by the connection's id. */
    private final ConcurrentHashMap<String, Long> deadlines = new ConcurrentHashMap<>();
    /** Tomcat may take a moment to clear up what was ended. Only the one that looks uses it. */
    private final Set<String> ended = new HashSet<>();
    private final TrustedProxies proxies;

    OpenConnections(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    void begins(String id) {
        states.put(id, new State(true, System.nanoTime()));
    }

    void ends(String id) {
        states.put(id, new State(false, System.nanoTime()));
    }

    void mustComeWithin(String id, Duration time) {
        deadlines.put(id, System.nanoTime() + time.toNanos());
    }

    void hasCome(String id) {
        deadlines.remove(id);
    }

    /** Ends those that wait too long or are too many. */
    void look(Collection<? extends Connection> connections) {
        long now = System.nanoTime();
        Set<String> known = new HashSet<>();
        Map<String, Queue<Open>> ofNetworks = new HashMap<>();
        int all = 0;
        for (Connection connection : connections) {
            String id = connection.id();
            String address = connection.address();
            known.add(id);
            State before = states.putIfAbsent(id, new State(false, now));
            Open open = new Open(connection, before == null ? new State(false, now) : before);
            if (address == null || ended.contains(id)) {
                continue;
            }
            all++;
            String network = networkOf(address);
            if (isPastItsTime(id, now) || !open.state().serving() && now - open.state().since() > LONGEST_WAIT.toNanos()) {
                end(open);
                all--;
            } else if (!network.equals(PROXIES) || !open.state().serving()) {
                ofNetworks.computeIfAbsent(network, unused -> new PriorityQueue<>(FIRST_TO_GO)).add(open);
            }
        }
        states.entrySet().removeIf(state -> !known.contains(state.getKey()) && !state.getValue().serving());
        ended.retainAll(known);
        for (Map.Entry<String, Queue<Open>> network : ofNetworks.entrySet()) {
            while (!network.getKey().equals(PROXIES) && network.getValue().size() > MOST_OF_A_NETWORK) {
                end(network.getValue().remove());
                all--;
            }
        }
        takeFromTheLargest(ofNetworks.values(), all - MANY);
    }

    private boolean isPastItsTime(String id, long now) {
        Long deadline = deadlines.get(id);
        return deadline != null && now - deadline >= 0;
    }

    private void takeFromTheLargest(Collection<Queue<Open>> networks, int tooMany) {
        if (tooMany <= 0) {
            return;
        }
        PriorityQueue<Queue<Open>> largest = new PriorityQueue<>(
                Comparator.<Queue<Open>>comparingInt(Queue::size).reversed().thenComparing(Queue::element, FIRST_TO_GO));
        largest.addAll(networks.stream().filter(network -> !network.isEmpty()).toList());
        for (int i = 0; i < tooMany && !largest.isEmpty(); i++) {
            Queue<Open> network = largest.remove();
            end(network.remove());
            if (!network.isEmpty()) {
                largest.add(network);
            }
        }
    }

    private void end(Open open) {
        ended.add(open.connection().id());
        open.connection().end();
    }

    private String networkOf(String address) {
        int zone = address.indexOf('%');
        String plain = zone < 0 ? address : address.substring(0, zone);
        return proxies.are(InetAddress.ofLiteral(plain)) ? PROXIES : new Client(plain, null).network();
    }
}

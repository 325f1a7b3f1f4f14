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
 * Decides which connections are closed when there are too many: those of the network that has most. Idle ones go first, the longest idle
 * before the others, because their clients lose only the time to connect again; then those whose response takes longest. A connection whose
 * request never becomes complete counts as idle.
 */
final class OpenConnections {

    static final int MAX = 1_000;
    static final int MANY = MAX * 3 / 4;
    static final int MAX_PER_NETWORK = MAX / 4;
    /** Longer than Tomcat keeps an idle connection, by the time that a request header may take. */
    static final Duration MAX_IDLE = Duration.ofSeconds(30);

    /** Stands for the trusted proxies, which bring the requests of many clients. */
    private static final String PROXIES = "";

    interface Connection {

        /** Returns its number, higher than those of all connections before it, in digits of one base. */
        String id();

        /** The peer's address; null when the connection is closed already. */
        @Nullable String address();

        void end();
    }

    private record State(boolean serving, long since) {}

    private record Open(Connection connection, State state) {}

    /** Those that were opened between two looks have the same time, so the order of their numbers decides. */
    private static final Comparator<Open> FIRST_TO_GO =
            Comparator.<Open, Boolean>comparing(open -> open.state().serving()).thenComparing(open -> open.state().since())
                    .thenComparing(open -> open.connection().id(), Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));

    /** By the connection's id. */
    private final ConcurrentHashMap<String, State> states = new ConcurrentHashMap<>();
    /** By when awaited input has to arrive, by the connection's id. */
    private final ConcurrentHashMap<String, Long> deadlines = new ConcurrentHashMap<>();
    /** Tomcat may take a moment to clean up. Used by the checking thread only. */
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

    /** Closes those that are idle too long or too many. */
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
            if (isPastItsTime(id, now) || !open.state().serving() && now - open.state().since() > MAX_IDLE.toNanos()) {
                end(open);
                all--;
            } else if (!network.equals(PROXIES) || !open.state().serving()) {
                ofNetworks.computeIfAbsent(network, unused -> new PriorityQueue<>(FIRST_TO_GO)).add(open);
            }
        }
        states.entrySet().removeIf(state -> !known.contains(state.getKey()) && !state.getValue().serving());
        ended.retainAll(known);
        for (Map.Entry<String, Queue<Open>> network : ofNetworks.entrySet()) {
            while (!network.getKey().equals(PROXIES) && network.getValue().size() > MAX_PER_NETWORK) {
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

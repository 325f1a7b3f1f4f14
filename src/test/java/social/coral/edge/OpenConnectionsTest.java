package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose connections go when there are too many. */
class OpenConnectionsTest {

    private final OpenConnections connections = new OpenConnections(new TrustedProxies(new EdgeSettings(List.of(), List.of("10.9.0.0/16"), false)));
    private final List<Peer> open = new ArrayList<>();

    @Test
    void aNetworkHoldsNoMoreThanItsShareWhileItIsServed() {
        many("127.0.0.66", 400, true);
        Peer neighbour = peer("127.0.0.9", false);
        look();
        assertThat(left("127.0.0.66")).isEqualTo(OpenConnections.MAX_PER_NETWORK);
        assertThat(open.subList(0, 150)).as("those that are served longest").allMatch(peer -> peer.ended);
        assertThat(neighbour.ended).isFalse();
    }

    @Test
    void thoseThatWaitGoBeforeThoseThatAreServed() {
        many("127.0.0.66", 200, true);
        many("127.0.0.66", 100, false);
        look();
        assertThat(open.subList(0, 200)).noneMatch(peer -> peer.ended);
    }

    @Test
    void roomIsTakenFromTheNetworksThatHaveMostAndNeverFromOneThatHasFew() {
        Peer oldest = peer("127.0.0.9", false);
        for (int network = 1; network <= 4; network++) {
            many("127.0.1." + network, 220, true);
        }
        look();
        assertThat(oldest.ended).isFalse();
        assertThat(open.stream().filter(peer -> !peer.ended)).hasSize(OpenConnections.MANY);
        for (int network = 1; network <= 4; network++) {
            assertThat(left("127.0.1." + network)).isBetween(187L, 188L);
        }
    }

    @Test
    void whatWasEndedIsNotCountedAgain() {
        many("127.0.0.66", 400, true);
        look();
        look();
        assertThat(left("127.0.0.66")).isEqualTo(OpenConnections.MAX_PER_NETWORK);
    }

    @Test
    void whatAProxyBringsIsEndedOnlyWhereNobodyIsServed() {
        many("10.9.0.1", 700, true);
        many("10.9.0.1", 100, false);
        look();
        assertThat(left("10.9.0.1")).isEqualTo(OpenConnections.MANY);
        assertThat(open.subList(0, 700)).noneMatch(peer -> peer.ended);
    }

    @Test
    void ofThoseThatWereOpenedBetweenTwoLooksTheOldestGo() {
        int tooMany = 60;
        for (int i = 0; i < OpenConnections.MAX_PER_NETWORK + tooMany; i++) {
            open.add(new Peer(Long.toHexString(i), "192.0.2.9"));
        }
        look();
        assertThat(open.subList(0, tooMany)).allMatch(peer -> peer.ended);
        assertThat(open.subList(tooMany, open.size())).noneMatch(peer -> peer.ended);
    }

    @Test
    void whatHadToComeAndDidNotIsEndedWhoeverReadsIt() {
        Peer late = peer("127.0.0.66", true);
        Peer early = peer("127.0.0.66", true);
        Peer inTime = peer("127.0.0.66", true);
        connections.mustComeWithin(late.id, Duration.ZERO);
        connections.mustComeWithin(early.id, Duration.ofHours(1));
        connections.mustComeWithin(inTime.id, Duration.ZERO);
        connections.hasCome(inTime.id);
        look();
        assertThat(List.of(late.ended, early.ended, inTime.ended)).containsExactly(true, false, false);
    }

    private void look() {
        connections.look(open);
    }

    private long left(String address) {
        return open.stream().filter(peer -> peer.address.equals(address) && !peer.ended).count();
    }

    private void many(String address, int count, boolean served) {
        for (int i = 0; i < count; i++) {
            peer(address, served);
        }
    }

    private Peer peer(String address, boolean served) {
        Peer peer = new Peer(Integer.toString(open.size()), address);
        if (served) {
            connections.begins(peer.id);
        } else {
            connections.ends(peer.id);
        }
        open.add(peer);
        return peer;
    }

    private static final class Peer implements OpenConnections.Connection {
        private final String id;
        private final String address;
        private boolean ended;

        private Peer(String id, String address) {
            this.id = id;
            this.address = address;
        }

        @Override
        public String id() {
            return id;
        }

        @Override
        public String address() {
            return address;
        }

        @Override
        public void end() {
            ended = true;
        }
    }
}

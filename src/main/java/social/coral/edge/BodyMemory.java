package social.coral.edge;

import java.util.HashMap;
import java.util.Map;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * The memory for request bodies, in blocks, counted for all clients and for each network. Nobody waits here: a request that
 * held some blocks and waited for more would keep others from theirs. The last third is for networks that hold little, so that a
 * few heavy senders do not keep everybody else from saving a page.
 */
final class BodyMemory {

    private final int share;
    private final int little;
    private final int keptForLittle;
    private final Map<String, Integer> ofNetworks = new HashMap<>();
    private int free;

    /**
     * @param share how many blocks each network may hold at once
     * @param all how many there are for all of them
     * @param little up to how many blocks a network may take from the last third
     */
    BodyMemory(int share, int all, int little) {
        this.share = share;
        this.little = little;
        this.keptForLittle = all / 3;
        this.free = all;
    }

    synchronized void take(String network, int blocks) {
        int taken = ofNetworks.getOrDefault(network, 0) + blocks;
        if (taken > share || blocks > free - (taken > little ? keptForLittle : 0)) {
            throw new TransientDataAccessResourceException("too much is being sent at once");
        }
        change(network, taken, blocks);
    }

    synchronized void giveBack(String network, int blocks) {
        change(network, ofNetworks.getOrDefault(network, 0) - blocks, -blocks);
    }

    private void change(String network, int taken, int blocks) {
        free -= blocks;
        if (taken == 0) {
            ofNetworks.remove(network);
        } else {
            ofNetworks.put(network, taken);
        }
    }
}

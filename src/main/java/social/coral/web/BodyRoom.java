package social.coral.web;

import java.util.HashMap;
import java.util.Map;
import org.springframework.dao.TransientDataAccessResourceException;

/**
 * How much of the memory for bodies is taken, in blocks: by all and by each network. Nobody waits here, because whoever holds
 * some of it and waited for more would keep the others from theirs.
 */
final class BodyRoom {

    private final int share;
    private final Map<String, Integer> ofNetworks = new HashMap<>();
    private int free;

    /**
     * @param share how many blocks each network may hold at once
     * @param all how many there are for all of them
     */
    BodyRoom(int share, int all) {
        this.share = share;
        this.free = all;
    }

    synchronized void take(String network, int blocks) {
        int taken = ofNetworks.getOrDefault(network, 0) + blocks;
        if (taken > share || blocks > free) {
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

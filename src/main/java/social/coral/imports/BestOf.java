package social.coral.imports;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/** Keeps the best few of any number of things. */
final class BestOf<T extends Object> {

    private final int most;
    private final PriorityQueue<T> worstFirst;

    BestOf(int most, Comparator<T> bestFirst) {
        this.most = most;
        this.worstFirst = new PriorityQueue<>(bestFirst.reversed());
    }

    void add(T one) {
        worstFirst.add(one);
        if (worstFirst.size() > most) {
            worstFirst.remove();
        }
    }

    /** Returns them in no order. */
    Stream<T> stream() {
        return worstFirst.stream();
    }
}

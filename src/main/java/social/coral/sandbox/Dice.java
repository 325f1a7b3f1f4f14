package social.coral.sandbox;

import java.util.List;

/**
 * Deterministic randomness, the same in every process and on every JDK: a SplitMix64 sequence, seeded by its subject. The
 * arithmetic is written out because the JDK's could change between versions, and the world with it.
 */
final class Dice {

    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    private Dice(long seed) {
        this.state = seed;
    }

    static Dice of(long first, long... more) {
        long seed = mix(first + STEP);
        for (long part : more) {
            seed = mix(seed ^ (part + STEP));
        }
        return new Dice(seed);
    }

    /** Hashes a text: FNV-1a over its UTF-16 units. */
    static long seed(String text) {
        long hash = 0xCBF29CE484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash);
    }

    long next() {
        state += STEP;
        return mix(state);
    }

    /** Returns 0 to {@code bound - 1}. */
    int below(int bound) {
        return (int) ((next() >>> 1) % bound);
    }

    /** Returns 0 (inclusive) to 1 (exclusive). */
    double fraction() {
        return (next() >>> 11) * 0x1p-53;
    }

    boolean chance(int percent) {
        return below(100) < percent;
    }

    /** Returns a roughly normal value: mean 0, standard deviation 1. */
    double bell() {
        double sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += fraction();
        }
        return sum - 6;
    }

    <T extends Object> T pick(List<T> list) {
        return list.get(below(list.size()));
    }

    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

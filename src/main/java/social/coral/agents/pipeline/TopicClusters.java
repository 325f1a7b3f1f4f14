package social.coral.agents.pipeline;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Texts that are about the same thing, by the words that they share and by the nearness of their vectors. Texts come together by average
 * linkage: the two groups first whose texts are on the whole the most alike, as long as they are alike enough. The groups are found by the
 * nearest-neighbour chain (Murtagh, 1983), in time and memory with the square of how many texts there are.
 */
final class TopicClusters {

    /**
     * How much texts must be alike on average; {@code HotTopicsTest} has what comes of it on judged texts. A little less finds a little more
     * of what belongs together, and puts much more together that does not.
     */
    private static final double ALIKE = 0.12;
    private static final double MEANING = 0.6;
    /** As if there were so many texts about other things, so that what a few texts share says something as well. */
    private static final double MORE_TEXTS = 20;
    /** The rarest stems of a text say what it is about. A post of 280 characters has fewer. */
    private static final int MOST_STEMS = 60;
    /** So many vectors show what all texts have in common. */
    private static final double ENOUGH_VECTORS = 50;

    /** A text: its stems, and its vector of length 1 where there is one. */
    record Text(List<String> stems, float @Nullable [] vector) {}

    private final List<Text> texts;
    private final List<float @Nullable []> vectors;
    private final List<Map<String, Double>> weights = new ArrayList<>();
    private final Map<String, Integer> held = new HashMap<>();

    TopicClusters(List<Text> texts) {
        this.texts = texts;
        texts.forEach(text -> text.stems().stream().distinct().forEach(stem -> held.merge(stem, 1, Integer::sum)));
        texts.forEach(text -> weights.add(weights(text)));
        vectors = apart(texts.stream().map(Text::vector).toList());
    }

    /** The vectors without what all have in common, which is much where texts are of one field; the more there are, the surer it is. */
    private static List<float @Nullable []> apart(List<float @Nullable []> vectors) {
        List<float[]> given = vectors.stream().filter(Objects::nonNull).toList();
        double[] common = new double[given.isEmpty() ? 0 : given.getFirst().length];
        for (float[] vector : given) {
            for (int i = 0; i < common.length; i++) {
                common[i] += vector[i] / (given.size() + ENOUGH_VECTORS);
            }
        }
        List<float @Nullable []> apart = new ArrayList<>();
        for (float[] vector : vectors) {
            apart.add(vector == null ? null : apart(vector, common));
        }
        return apart;
    }

    private static float[] apart(float[] vector, double[] common) {
        double length = 0;
        for (int i = 0; i < common.length; i++) {
            length += (vector[i] - common[i]) * (vector[i] - common[i]);
        }
        float[] apart = new float[common.length];
        for (int i = 0; i < common.length; i++) {
            apart[i] = (float) ((vector[i] - common[i]) / Math.max(Math.sqrt(length), 1e-9));
        }
        return apart;
    }

    private Map<String, Double> weights(Text text) {
        Map<String, Double> weights = new HashMap<>();
        text.stems().stream().distinct().sorted(Comparator.comparingDouble(this::rarity).reversed()).limit(MOST_STEMS).forEach(stem -> weights.put(stem, rarity(stem)));
        double length = Math.sqrt(weights.values().stream().mapToDouble(weight -> weight * weight).sum());
        weights.replaceAll((stem, weight) -> length == 0 ? 0 : weight / length);
        return weights;
    }

    /** How much a stem says, by how few of the texts have it (inverse document frequency). */
    double rarity(String stem) {
        return Math.log((texts.size() + MORE_TEXTS) / held.getOrDefault(stem, 1));
    }

    /** How much two texts are alike, from 0 to 1: by meaning and by words, or by words alone where one has no vector. */
    double likeness(int one, int other) {
        double words = words(weights.get(one), weights.get(other));
        float[] vector = vectors.get(one);
        float[] near = vectors.get(other);
        return vector == null || near == null ? words : MEANING * meaning(vector, near) + (1 - MEANING) * words;
    }

    private static double words(Map<String, Double> one, Map<String, Double> other) {
        Map<String, Double> few = one.size() < other.size() ? one : other;
        Map<String, Double> many = few == one ? other : one;
        double sum = 0;
        for (Map.Entry<String, Double> weight : few.entrySet()) {
            sum += weight.getValue() * many.getOrDefault(weight.getKey(), 0.0);
        }
        return sum;
    }

    private static double meaning(float[] one, float[] other) {
        double product = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
        }
        return Math.clamp(product, 0, 1);
    }

    /** The groups of some of the texts that are alike enough on average, each text by its place; each of them is in one. */
    List<List<Integer>> groups(List<Integer> among) {
        int count = among.size();
        float[][] alike = new float[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < i; j++) {
                alike[i][j] = alike[j][i] = (float) likeness(among.get(i), among.get(j));
            }
        }
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            groups.add(new ArrayList<>(List.of(among.get(i))));
        }
        boolean[] gone = new boolean[count];
        int[] chain = new int[count + 1];
        int length = 0;
        for (int first = 0; first < count;) {
            if (length == 0) {
                while (first < count && gone[first]) {
                    first++;
                }
                if (first == count) {
                    break;
                }
                chain[length++] = first;
            }
            int tip = chain[length - 1];
            int before = length > 1 ? chain[length - 2] : -1;
            int nearest = nearest(alike, gone, tip, before);
            if (nearest < 0 || alike[tip][nearest] < ALIKE) {
                // Nothing that is left comes to it: with average linkage groups are never more alike after others came together.
                gone[tip] = true;
                length--;
            } else if (nearest == before) {
                join(alike, groups, gone, tip, before);
                length -= 2;
            } else {
                chain[length++] = nearest;
            }
        }
        return groups.stream().filter(group -> !group.isEmpty()).toList();
    }

    /** The one that is most alike; of several the one before in the chain, so that the chain ends. */
    private static int nearest(float[][] alike, boolean[] gone, int tip, int before) {
        int nearest = before;
        for (int other = 0; other < gone.length; other++) {
            if (!gone[other] && other != tip && (nearest < 0 || alike[tip][other] > alike[tip][nearest])) {
                nearest = other;
            }
        }
        return nearest;
    }

    private static void join(float[][] alike, List<List<Integer>> groups, boolean[] gone, int into, int from) {
        int ofInto = groups.get(into).size();
        int ofFrom = groups.get(from).size();
        for (int other = 0; other < gone.length; other++) {
            alike[into][other] = alike[other][into] = (ofInto * alike[into][other] + ofFrom * alike[from][other]) / (ofInto + ofFrom);
        }
        groups.get(into).addAll(groups.get(from));
        groups.get(from).clear();
        gone[from] = true;
    }

    /** How much a text is like those of a group, on average. */
    double likeness(int text, List<Integer> group) {
        return group.stream().mapToDouble(other -> likeness(text, other)).average().orElse(0);
    }

    /** The name of the group that a text is most like, if it is alike enough. */
    <N> @Nullable N nearest(int text, Map<N, List<Integer>> groups) {
        N nearest = null;
        double most = ALIKE;
        for (Map.Entry<N, List<Integer>> group : groups.entrySet()) {
            double alike = likeness(text, group.getValue());
            if (alike >= most) {
                nearest = group.getKey();
                most = alike;
            }
        }
        return nearest;
    }

    /** Those of a group, the ones that are most like the others first. */
    List<Integer> typicalFirst(List<Integer> group) {
        Map<Integer, Double> alike = group.stream().collect(Collectors.toMap(text -> text, text -> likeness(text, group)));
        return group.stream().sorted(Comparator.comparing(alike::get, Comparator.reverseOrder())).toList();
    }
}

package social.coral.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.lucene.util.VectorUtil;

/**
 * Vectors as those of texts are: about topics, of which each tenant has some. A topic's vectors lie around its centre in a few
 * directions of its own. Vectors without any order would all be equally far from each other.
 */
final class Topics {

    private static final int WIDTH = 384;
    private static final int TOPICS = 500;
    private static final int DIRECTIONS = 12;
    private static final float SPREAD = 0.3f;
    private static final float NOISE = 0.01f;
    private static final int VECTORS_OF_TOPIC = 40;

    private final Random random = new Random(7);
    private final float[][] centres = new float[TOPICS][];
    private final float[][][] directions = new float[TOPICS][DIRECTIONS][];

    Topics() {
        for (int topic = 0; topic < TOPICS; topic++) {
            centres[topic] = direction();
            for (int i = 0; i < DIRECTIONS; i++) {
                directions[topic][i] = direction();
            }
        }
    }

    private float[] direction() {
        float[] vector = new float[WIDTH];
        for (int i = 0; i < WIDTH; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return VectorUtil.l2normalize(vector);
    }

    /** The topics of one who has so many vectors. */
    int[] some(int vectors) {
        return random.ints(Math.clamp(vectors / VECTORS_OF_TOPIC, 2, TOPICS), 0, TOPICS).toArray();
    }

    List<float[]> vectors(int[] topics, int count) {
        return IntStream.range(0, count).mapToObj(i -> vector(topics[random.nextInt(topics.length)])).toList();
    }

    private float[] vector(int topic) {
        float[] vector = centres[topic].clone();
        for (float[] direction : directions[topic]) {
            float way = SPREAD * (float) random.nextGaussian();
            for (int i = 0; i < WIDTH; i++) {
                vector[i] += way * direction[i];
            }
        }
        for (int i = 0; i < WIDTH; i++) {
            vector[i] += NOISE * (float) random.nextGaussian();
        }
        return VectorUtil.l2normalize(vector);
    }

    /** The numbers of the nearest, by comparing with each. */
    static List<Integer> nearest(List<float[]> vectors, float[] target, int limit) {
        record Near(int number, float similarity) {}
        List<Near> nearest = new ArrayList<>();
        float least = Float.NEGATIVE_INFINITY;
        for (int number = 0; number < vectors.size(); number++) {
            float similarity = VectorUtil.dotProduct(vectors.get(number), target);
            if (similarity > least || nearest.size() < limit) {
                nearest.add(new Near(number, similarity));
                nearest.sort(Comparator.comparing(Near::similarity).reversed());
                if (nearest.size() > limit) {
                    nearest.removeLast();
                }
                least = nearest.getLast().similarity;
            }
        }
        return nearest.stream().map(Near::number).toList();
    }
}

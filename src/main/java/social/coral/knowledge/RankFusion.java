package social.coral.knowledge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009): what several rankings have near their tops comes first. */
final class RankFusion {

    private static final int K = 60;

    private RankFusion() {}

    /** Returns what any of the rankings has with its score, which is from 0 to 1; 1 is for what is the first of each. */
    static <T> Map<T, Double> of(List<List<T>> rankings) {
        Map<T, Double> scores = new LinkedHashMap<>();
        for (List<T> ranking : rankings) {
            for (int rank = 0; rank < ranking.size(); rank++) {
                scores.merge(ranking.get(rank), score(rank) / rankings.size(), Double::sum);
            }
        }
        return scores;
    }

    /** The score of a rank, which is 1 for the first. */
    static double score(int rank) {
        return (K + 1.0) / (K + 1 + rank);
    }
}

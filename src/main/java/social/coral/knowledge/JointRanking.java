package social.coral.knowledge;

import java.util.List;
import java.util.Map;
import social.coral.knowledge.TenantVectors.Hit;

/**
 * How what words and meaning have found becomes one ranking. Where the model has no words for a question, as in most languages, hardly
 * any text is nearer than others that have nothing to do with it: then few of the nearest count, and each word does. Where it has, a text
 * without most of the words comes behind all others. {@code SearchQualityTest} has the figures.
 *
 * @param understood whether the model has words for the question
 */
record JointRanking(boolean understood) {

    /** How deep each ranking is read. */
    static final int DEPTH = 100;

    /** How deep, where many of them say the same. */
    static final int MAX_DEPTH = 1000;

    /** For words alone. */
    static final JointRanking WITHOUT_MEANING = new JointRanking(false);

    private static final double MOSTLY = 0.5;
    /**
     * Below it texts have nothing to do with each other, as far as the model knows. Of OpenAI's models unrelated texts have up to some 0.2,
     * and related ones more than 0.3, so it is between the two for these as well.
     */
    private static final float MIN_SIMILARITY = 0.25f;
    /**
     * Some of these have nothing to do with a question that the model has no words for. To ask that they stand out by 0.15 from half of the
     * nearest leaves out 4 of 10, and costs German 0.08 of its nDCG.
     */
    private static final int FEW = 5;

    /** @param known how much of the question the model has words for */
    static JointRanking of(double known) {
        return new JointRanking(known >= MOSTLY);
    }

    /** Those of the nearest texts that count. */
    List<Hit> meaning(List<Hit> nearest) {
        return nearest.stream().filter(hit -> hit.similarity() >= MIN_SIMILARITY).limit(understood ? MAX_DEPTH : FEW).toList();
    }

    /** Returns all that was found with its score, from 0 to 1. */
    <T> Map<T, Double> join(List<T> words, List<T> mostWords, List<T> meaning) {
        List<T> first = understood ? mostWords : words;
        List<List<T>> rankings = meaning.isEmpty() ? List.of(first) : List.of(first, meaning);
        Map<T, Double> scores = RankFusion.of(rankings);
        for (int rank = 0; rank < words.size(); rank++) {
            scores.putIfAbsent(words.get(rank), RankFusion.score(DEPTH + rank) / rankings.size());
        }
        return scores;
    }
}

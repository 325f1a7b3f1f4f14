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
 * @param least how near a text must be to count
 */
record JointRanking(boolean understood, float least) {

    /** How deep each ranking is read. */
    static final int DEPTH = 100;

    /** How deep, where many of them say the same. */
    static final int MAX_DEPTH = 1000;

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
    /**
     * As above for a question of which the model has no word and no text either, which may be in no language. Of 529 such questions of one to
     * three words made of random letters or syllables 423 find something at 0.25 and 115 at this. It costs no nDCG; 0.35 costs German 0.03.
     */
    private static final float MIN_SIMILARITY_OF_STRANGE_WORDS = 0.34f;

    /** For words alone. */
    static final JointRanking WITHOUT_MEANING = new JointRanking(false, MIN_SIMILARITY);

    /**
     * @param known how much of the question the model has words for
     * @param found whether any text has words of the question
     */
    static JointRanking of(double known, boolean found) {
        return new JointRanking(known >= MOSTLY, known > 0 || found ? MIN_SIMILARITY : MIN_SIMILARITY_OF_STRANGE_WORDS);
    }

    /** Those of the nearest texts that count. */
    List<Hit> meaning(List<Hit> nearest) {
        return nearest.stream().filter(hit -> hit.similarity() >= least).limit(understood ? MAX_DEPTH : FEW).toList();
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

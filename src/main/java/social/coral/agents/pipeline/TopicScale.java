package social.coral.agents.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import social.coral.content.Topics.Candidate;
import social.coral.knowledge.TextFeatures.Features;

/**
 * How hot a topic is. A post's strength is {@code log2(1 + engagement / its author's usual engagement)}, halved for each day of its age. A
 * topic's score is the sum over its posts, each of those that say the same once, times how unusual it is: from half, where its words were
 * twice as frequent before, to twice. Where enough of the person's own posts are about a topic, how they did counts too: the root of how many
 * times their usual engagement they had, from 0.8 to 1.25.
 *
 * @param usual each author's usual engagement
 * @param now in how many of the texts that are looked at each stem is, and {@code before} in how many of those before
 */
record TopicScale(Instant at, Map<String, Double> usual, Frequencies now, Frequencies before) {

    private static final double LEAST_UNUSUAL = 0.5;
    private static final double MOST_UNUSUAL = 2;
    private static final double LEAST_ECHO = 0.8;
    private static final double MOST_ECHO = 1.25;
    /** With fewer texts it cannot be said what is usual. */
    private static final int ENOUGH_BEFORE = 50;

    /** In how many of so many texts each stem is. */
    record Frequencies(int texts, Map<String, Integer> having) {

        static Frequencies of(Collection<Features> texts) {
            Map<String, Integer> having = new HashMap<>();
            texts.forEach(text -> stems(text).forEach(stem -> having.merge(stem, 1, Integer::sum)));
            return new Frequencies(texts.size(), having);
        }

        /** As if one more text had the stem, so that none was never there. */
        double share(String stem) {
            return (having.getOrDefault(stem, 0) + 1.0) / (texts + 1.0);
        }
    }

    private static Set<String> stems(Features text) {
        Set<String> stems = new HashSet<>();
        text.words().forEach(word -> stems.add(word.stem()));
        return stems;
    }

    /** How many times the author's usual engagement a post has. */
    double times(Candidate post) {
        return post.engagement() / Math.max(1, usual.getOrDefault(post.author(), 1.0));
    }

    /**
     * What a topic's score is multiplied with for how the person's own posts about it did.
     *
     * @param times how many times their usual engagement those had; 1 where too few are about it
     */
    static double echo(double times) {
        return Math.clamp(Math.sqrt(times), LEAST_ECHO, MOST_ECHO);
    }

    double strength(Candidate post) {
        double days = Math.max(0, Duration.between(post.createdAt(), at).toMinutes() / 1440.0);
        return Math.log1p(times(post)) / Math.log(2) * Math.pow(0.5, days);
    }

    /** How many times as frequent as before the words are that several of a topic's texts share; 1 where that cannot be said. */
    double unusual(List<Features> topic) {
        Frequencies here = Frequencies.of(topic);
        double times = Math.exp(here.having().entrySet().stream().filter(stem -> stem.getValue() > 1)
                .mapToDouble(stem -> Math.log(now.share(stem.getKey()) / before.share(stem.getKey()))).average().orElse(0));
        return before.texts() < ENOUGH_BEFORE ? 1 : Math.clamp(times, LEAST_UNUSUAL, MOST_UNUSUAL);
    }
}

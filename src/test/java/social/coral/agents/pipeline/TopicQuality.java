package social.coral.agents.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import social.coral.knowledge.JudgedPosts.JudgedPost;
import social.coral.knowledge.TextFeatures;

/** How well topics and repeated texts are told, against what people judged before. */
public final class TopicQuality {

    /** Which of the judged topics count: the thresholds were chosen on every other one, so that the rest shows what they are worth. */
    public enum Part {
        TUNED_ON,
        HELD_OUT,
        ALL;

        boolean holds(int topic) {
            return this == ALL || topic % 2 == (this == TUNED_ON ? 0 : 1);
        }
    }

    /** Of pairs of texts that were judged: which of those that are told to say the same do, and which that do are told. */
    public record Told(int pairs, double precision, double recall) {}

    private TopicQuality() {}

    /** Returns the adjusted Rand index of the groups that are found: 1 for those that were judged, 0 for such as chance makes. */
    public static double ofGroups(List<JudgedPost> judged, Part part, boolean withVectors) {
        List<String> topics = List.copyOf(judged.stream().map(JudgedPost::topic).collect(Collectors.toCollection(LinkedHashSet::new)));
        List<JudgedPost> posts = judged.stream().filter(post -> part.holds(topics.indexOf(post.topic()))).toList();
        TopicClusters clusters = new TopicClusters(posts.stream().map(post -> text(post, withVectors)).toList());
        List<List<Integer>> groups = clusters.groups(IntStream.range(0, posts.size()).boxed().toList());
        String[] found = new String[posts.size()];
        groups.forEach(group -> group.forEach(post -> found[post] = group.toString()));
        return adjustedRandIndex(posts.stream().map(JudgedPost::topic).toList(), List.of(found));
    }

    private static TopicClusters.Text text(JudgedPost post, boolean withVectors) {
        List<String> stems = TextFeatures.of(post.text(), post.language()).words().stream().map(TextFeatures.Word::stem).toList();
        // As TextFeatures has it: the built-in model understands English.
        return new TopicClusters.Text(stems, withVectors && post.language().equals("en") ? post.vector() : null);
    }

    private static double adjustedRandIndex(List<String> one, List<String> other) {
        Map<List<String>, Integer> both = new HashMap<>();
        Map<String, Integer> ofOne = new HashMap<>();
        Map<String, Integer> ofOther = new HashMap<>();
        for (int i = 0; i < one.size(); i++) {
            both.merge(List.of(one.get(i), other.get(i)), 1, Integer::sum);
            ofOne.merge(one.get(i), 1, Integer::sum);
            ofOther.merge(other.get(i), 1, Integer::sum);
        }
        double together = pairs(both);
        double expected = pairs(ofOne) * pairs(ofOther) / (one.size() * (one.size() - 1) / 2.0);
        return (together - expected) / ((pairs(ofOne) + pairs(ofOther)) / 2 - expected);
    }

    private static double pairs(Map<?, Integer> sizes) {
        return sizes.values().stream().mapToDouble(size -> size * (size - 1) / 2.0).sum();
    }

    /** How well texts that say the same are told. */
    public static Told ofRepeats() throws IOException {
        int told = 0;
        int right = 0;
        int same = 0;
        List<String[]> pairs = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(TopicQuality.class.getResourceAsStream("repeats.tsv")), StandardCharsets.UTF_8))) {
            lines.lines().map(line -> line.replace("\\n", "\n").split("\t", -1)).forEach(pairs::add);
        }
        for (String[] pair : pairs) {
            boolean isSame = pair[0].equals("same");
            boolean isTold = Repeats.together(List.of(TextFeatures.of(pair[2], pair[1]), TextFeatures.of(pair[3], pair[1]))).size() == 1;
            told += isTold ? 1 : 0;
            same += isSame ? 1 : 0;
            right += isSame && isTold ? 1 : 0;
        }
        return new Told(pairs.size(), right / (double) told, right / (double) same);
    }
}

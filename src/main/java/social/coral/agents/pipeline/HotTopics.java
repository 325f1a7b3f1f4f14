package social.coral.agents.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.content.Insights.Candidate;
import social.coral.content.Insights.Found;
import social.coral.content.PostFilter;
import social.coral.knowledge.TextFeatures;

/**
 * Finds what the posts of the last week are about. Texts that say the same count once. A topic that was found before takes up the posts
 * that are about it; the others become topics where several are about the same thing.
 *
 * <p>A post's strength is {@code log2(1 + engagement / the author's usual engagement)}, halved for each day of its age. A topic's score is
 * the sum over its posts, times how unusual its words are against the month before: from half, where they were as frequent, to twice.
 */
@Component
final class HotTopics implements Agent {

    private static final String STEP = "Find topics";
    private static final Duration LOOKED_AT = Duration.ofDays(7);
    private static final Duration BEFORE = Duration.ofDays(30);
    private static final int MOST = 1_500;
    /** How much texts must be alike on average; {@code HotTopicsTest} has what comes of it on judged texts. */
    static final double ALIKE = 0.22;
    private static final int NAMED_BY = 3;
    private static final double LEAST_UNUSUAL = 0.5;
    private static final double MOST_UNUSUAL = 2;
    private static final double OFTEN = 1.5;

    /** Posts that say the same, of which the strongest counts. */
    private record Said(Candidate post, Map<String, String> words, List<Candidate> all) {

        @Nullable UUID insight() {
            return all.stream().map(Candidate::insight).filter(Objects::nonNull).findFirst().orElse(null);
        }
    }

    /** What is remembered of the step. */
    record Tally(int topics, int added) {}

    @Override
    public AgentDescription about() {
        return new AgentDescription("hot-topics", "Find hot topics",
                "Groups the posts of the last week by what they are about, and says which topics are worth talking about.", Set.of());
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(new Prerequisite(data.visits().any(), "You are not listening to any account yet",
                "Add those whose posts you want to find topics in.", "Add accounts", "/accounts/add"));
    }

    @Override
    public String work(Run run) {
        run.plan(List.of(STEP));
        run.progress(0, 1, "Reading posts");
        run.step(STEP, memory -> find(run, memory));
        String outcome = run.recalled(STEP, Tally.class).map(HotTopics::outcome).orElse("No topics were found");
        run.progress(1, 1, outcome);
        return outcome;
    }

    private static String outcome(Tally tally) {
        return tally.topics() == 0 ? "No posts are about the same thing"
                : TweetScraping.count(tally.topics(), "topic") + " now, " + (tally.added() == 0 ? "none of them new" : tally.added() + " of them new");
    }

    private String find(Run run, Run.Memory memory) {
        Instant now = Instant.now();
        List<Candidate> posts = run.data().insights().candidates(now.minus(LOOKED_AT), MOST);
        List<Said> said = said(posts);
        Map<UUID, float[]> vectors = run.knowledge().vectors(said.stream().map(one -> one.post().id()).toList());
        TopicClusters texts = new TopicClusters(said.stream().map(one -> new TopicClusters.Text(List.copyOf(one.words().keySet()), vectors.get(one.post().id()))).toList());
        Map<String, Double> usual = run.data().insights().usual(posts.stream().map(Candidate::author).collect(Collectors.toSet()), now, BEFORE);
        Map<String, Integer> before = before(run, now);
        Map<UUID, List<Integer>> grown = grown(said, texts);
        Map<UUID, String> names = run.data().insights().topics(grown.keySet());
        List<Found> found = new ArrayList<>();
        grown.forEach((id, group) -> {
            String name = names.get(id);
            if (name != null) {
                found.add(topic(id, name, group, said, new Scale(now, usual, before)));
            }
        });
        int added = 0;
        for (List<Integer> group : begun(said, texts, grown)) {
            found.add(topic(null, name(group, said, texts), group, said, new Scale(now, usual, before)));
            added++;
        }
        int begun = added;
        return memory.commit(() -> {
            run.data().insights().store(found, posts.stream().filter(Candidate::fresh).map(Candidate::id).toList());
            Tally tally = new Tally(found.size(), begun);
            return new Run.Committed<>(tally, "Looked at " + TweetScraping.count(posts.size(), "post") + ": " + outcome(tally));
        });
    }

    /** Puts together what says the same, the strongest first. */
    private static List<Said> said(List<Candidate> posts) {
        Map<String, List<Candidate>> same = new LinkedHashMap<>();
        Map<UUID, Map<String, String>> words = new HashMap<>();
        posts.forEach(post -> {
            TextFeatures.Features features = TextFeatures.of(post.text(), post.language());
            words.put(post.id(), features.words());
            same.computeIfAbsent(features.same(), first -> new ArrayList<>()).add(post);
        });
        return same.values().stream().map(all -> {
            Candidate strongest = all.stream().max(Comparator.comparingLong(Candidate::engagement)).orElseThrow();
            return new Said(strongest, words.getOrDefault(strongest.id(), Map.of()), all);
        }).toList();
    }

    /** In how many of the posts of the month before each stem was. */
    private static Map<String, Integer> before(Run run, Instant now) {
        Map<String, Integer> before = new HashMap<>();
        List<Candidate> earlier = run.data().insights().candidates(now.minus(BEFORE), 2 * MOST);
        earlier.stream().filter(post -> post.createdAt().isBefore(now.minus(LOOKED_AT)))
                .forEach(post -> TextFeatures.of(post.text(), post.language()).words().keySet().forEach(stem -> before.merge(stem, 1, Integer::sum)));
        return before;
    }

    /** The topics that were found before, with their posts and those that are about the same. */
    private static Map<UUID, List<Integer>> grown(List<Said> said, TopicClusters texts) {
        Map<UUID, List<Integer>> had = new LinkedHashMap<>();
        for (int i = 0; i < said.size(); i++) {
            UUID insight = said.get(i).insight();
            if (insight != null) {
                had.computeIfAbsent(insight, first -> new ArrayList<>()).add(i);
            }
        }
        Map<UUID, List<Integer>> grown = new LinkedHashMap<>();
        had.forEach((id, group) -> grown.put(id, new ArrayList<>(group)));
        for (int i = 0; i < said.size(); i++) {
            if (said.get(i).insight() == null) {
                int text = i;
                had.entrySet().stream().max(Comparator.comparingDouble(topic -> texts.likeness(text, topic.getValue())))
                        .filter(topic -> texts.likeness(text, topic.getValue()) >= ALIKE)
                        .ifPresent(topic -> Objects.requireNonNull(grown.get(topic.getKey())).add(text));
            }
        }
        return grown;
    }

    /** The groups of several texts among those that no topic has taken up. */
    private static List<List<Integer>> begun(List<Said> said, TopicClusters texts, Map<UUID, List<Integer>> grown) {
        Set<Integer> taken = grown.values().stream().flatMap(List::stream).collect(Collectors.toCollection(HashSet::new));
        List<Integer> left = IntStream.range(0, said.size()).filter(i -> !taken.contains(i)).boxed().toList();
        return texts.groups(left, ALIKE).stream().filter(group -> group.size() > 1).toList();
    }

    private static String name(List<Integer> group, List<Said> said, TopicClusters texts) {
        return texts.setApart(group, NAMED_BY).stream()
                .map(stem -> group.stream().map(text -> said.get(text).words().get(stem)).filter(Objects::nonNull)
                        .collect(Collectors.groupingBy(word -> word, LinkedHashMap::new, Collectors.counting())).entrySet().stream()
                        .max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(stem))
                .collect(Collectors.joining(", "));
    }

    private record Scale(Instant now, Map<String, Double> usual, Map<String, Integer> before) {

        /** How many times the author's usual engagement a post has. */
        double times(Candidate post) {
            return post.engagement() / Math.max(1, usual.getOrDefault(post.author(), 1.0));
        }

        double strength(Candidate post) {
            double days = Math.max(0, Duration.between(post.createdAt(), now).toMinutes() / 1440.0);
            return Math.log(1 + times(post)) / Math.log(2) * Math.pow(0.5, days);
        }
    }

    private static Found topic(@Nullable UUID id, String name, List<Integer> group, List<Said> said, Scale scale) {
        List<Said> texts = group.stream().map(said::get).toList();
        Map<UUID, Double> strengths = new LinkedHashMap<>();
        double sum = 0;
        for (Said text : texts) {
            double strength = scale.strength(text.post());
            sum += strength;
            text.all().forEach(post -> strengths.put(post.id(), post == text.post() ? strength : 0.0));
        }
        double unusual = unusual(texts, scale.before());
        boolean grown = texts.stream().flatMap(text -> text.all().stream()).anyMatch(post -> post.insight() == null);
        return new Found(id, name, reason(texts, unusual, scale), sum * unusual, strengths, grown);
    }

    /** How much more frequent the words of a topic are than in the month before. */
    private static double unusual(List<Said> texts, Map<String, Integer> before) {
        Map<String, Long> now = texts.stream().flatMap(text -> text.words().keySet().stream()).collect(Collectors.groupingBy(stem -> stem, Collectors.counting()));
        double weeks = (double) BEFORE.minus(LOOKED_AT).toDays() / LOOKED_AT.toDays();
        double times = now.entrySet().stream().filter(stem -> stem.getValue() > 1)
                .mapToDouble(stem -> stem.getValue() / (1 + before.getOrDefault(stem.getKey(), 0) / weeks)).average().orElse(1);
        return Math.clamp(times, LEAST_UNUSUAL, MOST_UNUSUAL);
    }

    private static String reason(List<Said> texts, double unusual, Scale scale) {
        long authors = texts.stream().flatMap(text -> text.all().stream()).map(Candidate::author).distinct().count();
        int posts = texts.stream().mapToInt(text -> text.all().size()).sum();
        Candidate best = texts.stream().map(Said::post).max(Comparator.comparingDouble(scale::times)).orElseThrow();
        double times = scale.times(best);
        String who = TweetScraping.count(posts, "post") + " by " + TweetScraping.count((int) authors, "account");
        String how = times >= OFTEN ? ", one by @%s with %s times its usual response".formatted(best.author(), times < 10 ? String.format(Locale.ROOT, "%.1f", times) : Math.round(times)) : "";
        return who + how + (unusual >= OFTEN ? ". Your accounts seldom talk about it." : ".");
    }
}

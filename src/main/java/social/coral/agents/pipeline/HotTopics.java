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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Agents;
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.content.Topics.Candidate;
import social.coral.content.Topics.Found;
import social.coral.knowledge.TextFeatures;
import social.coral.knowledge.TextFeatures.Features;

/**
 * Finds what the posts of the last week are about. Texts that say the same count once. A topic that was found before takes up the posts
 * that are about it; the others become topics where several are about the same thing.
 */
@Component
final class HotTopics implements Agent {

    private static final String STEP = "Find topics";
    private static final String QUIET = "No posts about it within a week.";
    private static final Duration LOOKED_AT = Duration.ofDays(7);
    private static final Duration BEFORE = Duration.ofDays(30);
    private static final int SHOWN = 100;
    private static final int MOST = 1_500;
    private static final int MOST_BEFORE = 3_000;
    private static final int MOST_BEGUN = 100;
    private static final double OFTEN = 1.5;
    private static final double USUAL = 1;

    /** Posts that say the same, the one with the most engagement first. */
    private record Said(List<Candidate> posts, Features features) {

        Candidate strongest() {
            return posts.getFirst();
        }

        @Nullable UUID insight() {
            return posts.stream().map(Candidate::insight).filter(Objects::nonNull).findFirst().orElse(null);
        }
    }

    /** What is remembered of the step. */
    record Tally(int topics, int added) {}

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.TOPICS, "Find hot topics",
                "Groups the posts of the last week by what they are about, and says which topics are worth talking about.", Set.of());
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(new Prerequisite(data.posts().any(), "There are no posts yet",
                "Topics are found in what was collected or imported.", "Collect posts", "/agents"));
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
        return tally.topics() == 0 ? "No two posts of the last week are about the same thing"
                : TweetScraping.count(tally.topics(), "topic") + ", " + (tally.added() == 0 ? "none of them new" : tally.added() + " of them new");
    }

    private static String find(Run run, Run.Memory memory) {
        Instant now = Instant.now();
        List<Candidate> posts = run.data().topics().newest(now.minus(LOOKED_AT), now, MOST);
        List<Candidate> before = run.data().topics().newest(now.minus(BEFORE), now.minus(LOOKED_AT), MOST_BEFORE);
        List<Candidate> ofTopics = run.data().topics().ofTopics(now.minus(BEFORE), now.minus(LOOKED_AT));
        List<Said> said = said(posts);
        List<Said> known = Stream.concat(said.stream(), said(ofTopics).stream()).toList();
        memory.read(TweetScraping.count(posts.size(), "post") + " of the last week", said.stream().map(Said::strongest).limit(SHOWN)
                .map(post -> "@" + post.author() + ": " + post.text()).collect(Collectors.joining("\n\n")), "/tweets");
        Map<UUID, float[]> vectors = run.knowledge().vectors(known.stream().map(Said::strongest)
                .collect(Collectors.toMap(Candidate::id, post -> Objects.requireNonNullElse(post.language(), ""), (one, same) -> one)));
        TopicClusters texts = new TopicClusters(known.stream()
                .map(one -> new TopicClusters.Text(one.features().words().stream().map(TextFeatures.Word::stem).toList(), vectors.get(one.strongest().id()))).toList());
        TopicScale scale = new TopicScale(now, run.data().topics().usual(posts.stream().map(Candidate::author).collect(Collectors.toSet()), now.minus(BEFORE), now),
                TopicScale.Frequencies.of(said.stream().map(Said::features).toList()),
                TopicScale.Frequencies.of(before.stream().map(post -> TextFeatures.of(post.text(), post.language())).toList()));

        Map<UUID, List<Integer>> grown = grown(known, said.size(), texts);
        Map<UUID, String> names = run.data().topics().names(grown.keySet());
        Map<UUID, Double> echoes = run.data().engagement().echoes(grown.keySet());
        List<Found> found = new ArrayList<>();
        grown.forEach((id, group) -> {
            String name = names.get(id);
            if (name != null) {
                found.add(topic(id, name, group.stream().map(said::get).toList(), scale, echoes.getOrDefault(id, USUAL)));
            }
        });
        List<Found> begun = begun(said, grown, texts).stream()
                .map(group -> topic(null, name(group, said, texts), group.stream().map(said::get).toList(), scale, USUAL))
                .sorted(Comparator.comparingDouble(Found::score).reversed()).limit(MOST_BEGUN).toList();
        found.addAll(begun);
        List<UUID> fresh = Stream.concat(posts.stream(), before.stream()).filter(Candidate::fresh).map(Candidate::id).toList();
        return memory.commit(() -> {
            run.data().topics().store(found, QUIET, fresh);
            found.forEach(one -> memory.made("Topic", one.topic() + "\n" + one.reason(), one.id() == null ? "/insights" : "/insights/" + one.id()));
            Tally tally = new Tally(found.size(), begun.size());
            String looked = posts.size() == MOST ? "the newest " + MOST + " posts" : TweetScraping.count(posts.size(), "post");
            return new Run.Committed<>(tally, "Looked at " + looked + ": " + outcome(tally));
        });
    }

    private static List<Said> said(List<Candidate> posts) {
        List<Features> features = posts.stream().map(post -> TextFeatures.of(post.text(), post.language())).toList();
        List<Said> said = new ArrayList<>();
        for (List<Integer> same : Repeats.together(features)) {
            List<Integer> strongestFirst = same.stream().sorted(Comparator.comparing((Integer post) -> posts.get(post).engagement()).reversed()).toList();
            said.add(new Said(strongestFirst.stream().map(posts::get).toList(), features.get(strongestFirst.getFirst())));
        }
        return said;
    }

    /**
     * The topics that were found before, with the texts of the last week that they had or that are about the same.
     *
     * @param recent how many of the texts are of the last week; those behind them are what topics had before
     */
    private static Map<UUID, List<Integer>> grown(List<Said> texts, int recent, TopicClusters clusters) {
        Map<UUID, List<Integer>> had = new LinkedHashMap<>();
        for (int text = 0; text < texts.size(); text++) {
            UUID insight = texts.get(text).insight();
            if (insight != null) {
                had.computeIfAbsent(insight, first -> new ArrayList<>()).add(text);
            }
        }
        Map<UUID, List<Integer>> grown = new LinkedHashMap<>();
        for (int text = 0; text < recent; text++) {
            UUID insight = texts.get(text).insight();
            UUID taker = insight == null ? clusters.nearest(text, had) : insight;
            if (taker != null) {
                grown.computeIfAbsent(taker, first -> new ArrayList<>()).add(text);
            }
        }
        return grown;
    }

    /** The groups of several texts among those that no topic has taken up. */
    private static List<List<Integer>> begun(List<Said> said, Map<UUID, List<Integer>> grown, TopicClusters texts) {
        Set<Integer> taken = grown.values().stream().flatMap(List::stream).collect(Collectors.toCollection(HashSet::new));
        List<Integer> left = IntStream.range(0, said.size()).filter(text -> !taken.contains(text)).boxed().toList();
        return texts.groups(left).stream().filter(group -> group.size() > 1).toList();
    }

    private static String name(List<Integer> group, List<Said> said, TopicClusters texts) {
        return TopicNames.of(texts.typicalFirst(group).stream().map(text -> said.get(text).features()).toList(), texts::rarity);
    }

    private static Found topic(@Nullable UUID id, String name, List<Said> texts, TopicScale scale, double echo) {
        Map<UUID, Double> strengths = new HashMap<>();
        texts.forEach(text -> text.posts().forEach(post -> strengths.put(post.id(), post == text.strongest() ? scale.strength(post) : 0)));
        double sum = strengths.values().stream().mapToDouble(strength -> strength).sum();
        double unusual = scale.unusual(texts.stream().map(Said::features).toList());
        boolean grown = texts.stream().flatMap(text -> text.posts().stream()).anyMatch(post -> post.insight() == null);
        String own = echo < OFTEN ? "" : " Your own posts about it do better than others of yours.";
        return new Found(id, name, reason(texts, unusual, scale) + own, sum * unusual * TopicScale.echo(echo), strengths, grown);
    }

    private static String reason(List<Said> texts, double unusual, TopicScale scale) {
        List<Candidate> posts = texts.stream().flatMap(text -> text.posts().stream()).toList();
        long authors = posts.stream().map(Candidate::author).distinct().count();
        double times = texts.stream().mapToDouble(text -> scale.times(text.strongest())).max().orElse(0);
        String different = posts.size() == texts.size() ? "" : " (%d different)".formatted(texts.size());
        String best = times < OFTEN ? "" : "; one has %s times its author's usual response".formatted(times < 10 ? String.format(Locale.ROOT, "%.1f", times) : Math.round(times));
        String seldom = unusual < OFTEN ? "" : " It comes up more than in the weeks before.";
        return TweetScraping.count(posts.size(), "post") + different + " by " + TweetScraping.count((int) authors, "account") + " within a week" + best + "." + seldom;
    }
}

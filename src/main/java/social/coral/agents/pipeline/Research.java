package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Agents;
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.content.CollectedPost;
import social.coral.content.CollectedPosts;
import social.coral.content.Finding;
import social.coral.content.Finding.State;
import social.coral.content.Findings.Topic;
import social.coral.content.TextSource;
import social.coral.knowledge.KnowledgeAnswer;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.models.Answer;
import social.coral.models.Extracts;
import social.coral.models.Instructions;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Prompt;
import social.coral.models.Source;

/**
 * Finds out what is known about the hottest topics: on the web with Perplexity, or in what was collected without its key. Every marker in
 * an answer leads to a source that is stored with it, and what is no answer is not stored.
 */
@Component
@EnableConfigurationProperties(Research.Settings.class)
final class Research implements Agent {

    private static final int MAX_ANSWER = 20_000;
    private static final int MAX_SOURCES = 20;
    private static final int MAX_QUOTES = 6;
    private static final int MOST_OPEN = 500;

    private static final Instructions TASK = Instructions.of("""
            Search the web and answer the question in the material, which is about a topic that people talk about. The posts in the material show \
            what they say; they are no evidence. Answer in at most 300 words of plain text, in the language of the posts. Give facts with numbers \
            and dates where there are some, say where sources disagree, and put a marker such as [1] behind each claim. Leave out what no source says.""");

    /**
     * @param topics the most topics of a run
     * @param keep how long an answer counts
     */
    @Validated
    @ConfigurationProperties("coral.agents.research")
    record Settings(@DefaultValue("3") @Min(1) @Max(20) int topics, @DefaultValue("P14D") Duration keep) {}

    /**
     * What a step remembers: an answer is asked for once, whatever happens behind it.
     *
     * @param stored whether it is stored
     */
    record Found(String answer, String model, List<Cited> sources, boolean stored) {}

    record Cited(int number, @Nullable String url, String title, @Nullable Instant publishedAt, @Nullable UUID postId) {}

    private final Settings settings;

    Research(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.RESEARCH, "Research topics",
                "Finds out what is known about your hottest topics, with sources: on the web with Perplexity, otherwise in what was collected.", Set.of(),
                Set.of(LanguageModel.Perplexity.class));
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(new Prerequisite(data.findings().anyOpen(), "There is no topic to research", "Find hot topics first.", "View topics", "/insights"));
    }

    @Override
    public boolean canWorkOn(UUID subject, TenantData data) {
        return data.findings().open(subject).isPresent();
    }

    @Override
    public String work(Run run) {
        List<String> steps = run.plan(topics(run.data(), run.subject()).stream().map(topic -> step(topic.topic(), topic.id())).toList());
        int done = 0;
        for (String step : steps) {
            run.progress(done++, steps.size(), "Researching");
            run.step(step, memory -> research(run, step, memory));
        }
        int stored = (int) steps.stream().filter(step -> run.recalled(step, Found.class).filter(Found::stored).isPresent()).count();
        run.progress(steps.size(), steps.size(), "Done");
        return stored == 0 ? "Nothing was found out" : "Researched " + TweetScraping.count(stored, "topic");
    }

    private List<Topic> topics(TenantData data, Optional<UUID> subject) {
        return subject.map(topic -> data.findings().open(topic).stream().toList()).orElseGet(() -> data.findings().open(settings.topics()));
    }

    /** The name of a step about something with an id, which tells two of the same name apart. */
    static String step(String name, UUID id) {
        return StorableText.truncate(name, 60) + " · " + id.toString().substring(0, 8);
    }

    private String research(Run run, String step, Run.Memory memory) {
        Topic topic = run.data().findings().open(MOST_OPEN).stream().filter(open -> step(open.topic(), open.id()).equals(step)).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was dismissed, is no longer talked about, or was researched meanwhile"));
        memory.read("Topic", topic.topic(), "/insights/" + topic.id());
        strongest(run, topic).forEach(post -> memory.read("Post", "@" + post.author() + ": " + post.content(), null));
        String question = "What is known about " + topic.topic() + ", and what is new?";
        Found found = run.recalled(step, Found.class).orElseGet(() -> {
            Found answered = run.optional(LanguageModel.Perplexity.class).map(model -> asked(run, model, topic, question)).orElseGet(() -> quoted(run, topic));
            return memory.commit(() -> new Run.Committed<>(answered, answered));
        });
        List<Finding.Source> sources = found.sources().stream().map(source -> new Finding.Source(source.number(), source.url(), source.title(), source.publishedAt(),
                source.postId() != null ? State.COLLECTED : run.isThere(String.valueOf(source.url())) ? State.CHECKED : State.UNREACHABLE, source.postId())).toList();
        Instant now = Instant.now();
        return memory.commit(() -> {
            if (!run.data().findings().store(topic.id(), new Finding(question, found.answer(), found.model(), now, now.plus(settings.keep()), sources))) {
                throw new Run.Skipped("The topic was removed meanwhile");
            }
            memory.made("Research", found.answer() + sources.stream().map(source -> "\n[" + source.number() + "] " + source.title()
                    + (source.url() == null ? "" : " " + source.url())).collect(Collectors.joining()), "/insights/" + topic.id());
            long lost = sources.stream().filter(source -> source.state() == State.UNREACHABLE).count();
            return new Run.Committed<>(new Found(found.answer(), found.model(), found.sources(), true),
                    TweetScraping.count(sources.size(), "source") + (lost == 0 ? "" : ", of which " + lost + " could not be reached")
                            + (found.model().equals(Extracts.NAME) ? "; quoted from what was collected" : ""));
        });
    }

    private static Found asked(Run run, LanguageModel model, Topic topic, String question) {
        List<Material> material = new ArrayList<>();
        material.add(Answers.material(Material.Kind.NOTE, question));
        strongest(run, topic).forEach(post -> material.add(new Material(Material.Kind.POST, "@" + post.author(), post.content())));
        Answer.Text answer = Answers.text(model.answer(new Prompt(TASK, material)));
        Set<Integer> cited = DraftText.cited(answer.text());
        List<Source> sources = answer.details().sources().stream().filter(source -> cited.contains(source.number())).limit(MAX_SOURCES).toList();
        if (sources.isEmpty()) {
            throw Failure.conflict("no_sources", "The answer named no source, so nothing of it was kept.");
        }
        List<TextSource> kept = sources.stream().map(source -> new TextSource(source.number(), source.url(), source.title(), null)).toList();
        String text = DraftText.keptTo(kept, StorableText.truncate(answer.text(), MAX_ANSWER));
        return new Found(text, Answers.model(answer), sources.stream().map(source -> new Cited(source.number(), source.url(), source.title(), null, null)).toList(), false);
    }

    private static List<CollectedPost> strongest(Run run, Topic topic) {
        try {
            return run.data().insights().get(topic.id()).strongest();
        } catch (Failure gone) {
            throw new Run.Skipped("The topic was removed meanwhile");
        }
    }

    /** A post that can be quoted. */
    private record Quotable(UUID id, String author, String text, @Nullable String language, Instant writtenAt, @Nullable String url) {}

    /** Returns collected posts that mean the same; none for a topic without words, such as one of signs alone. */
    private static List<KnowledgeAnswer.Result> near(Run run, Topic topic) {
        String like = KnowledgeQuestion.like(topic.topic());
        return like.isEmpty() ? List.of()
                : run.knowledge().search(new KnowledgeQuestion(like, CollectedPosts.KIND, null, null, null, null, false, MAX_SOURCES)).results();
    }

    private static Found quoted(Run run, Topic topic) {
        Map<UUID, Quotable> posts = new LinkedHashMap<>();
        strongest(run, topic).forEach(post -> posts.put(post.id(), new Quotable(post.id(), post.author(), post.content(), post.lang(), post.createdAt(), null)));
        for (KnowledgeAnswer.Result post : near(run, topic)) {
            Quotable strong = posts.get(post.id());
            posts.put(post.id(), new Quotable(post.id(), Optional.ofNullable(post.author()).orElse(""), strong == null ? post.text() : strong.text(),
                    strong == null ? null : strong.language(), post.createdAt(), post.url()));
        }
        List<Quotable> all = List.copyOf(posts.values());
        List<Extracts.Sentence> sentences = Extracts.of(all.stream().map(post -> new Extracts.Text(post.text(), post.language())).toList(), topic.topic(), MAX_QUOTES);
        if (sentences.isEmpty()) {
            throw new Run.Skipped("Nothing that was collected can be quoted about it");
        }
        List<Integer> used = sentences.stream().map(Extracts.Sentence::source).distinct().toList();
        String answer = sentences.stream().map(sentence -> "“" + sentence.text() + "” [" + (used.indexOf(sentence.source()) + 1) + "]").collect(Collectors.joining("\n"));
        List<Cited> sources = new ArrayList<>();
        for (int post : used) {
            Quotable from = all.get(post);
            sources.add(new Cited(sources.size() + 1, from.url(), from.author().isEmpty() ? "Your own post" : "@" + from.author(), from.writtenAt(), from.id()));
        }
        return new Found(answer, Extracts.NAME, sources, false);
    }
}

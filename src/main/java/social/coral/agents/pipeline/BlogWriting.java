package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Agents;
import social.coral.agents.PersonaPrompt;
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.api.StorableText;
import social.coral.content.Blog;
import social.coral.content.Finding;
import social.coral.content.Findings.Topic;
import social.coral.content.NewBlog;
import social.coral.content.Persona;
import social.coral.content.ReviewNote;
import social.coral.content.Revision;
import social.coral.content.TextSource;
import social.coral.models.Answer;
import social.coral.models.Extracts;
import social.coral.models.Instructions;
import social.coral.models.JsonSchema;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Material.Kind;
import social.coral.models.Prompt;

/**
 * Writes a blog post about each researched topic in the voice of the default persona, and revises what changes are wanted of. Each text
 * waits in review. Without a model's key it consists of quotes.
 */
@Component
@EnableConfigurationProperties(BlogWriting.Settings.class)
final class BlogWriting implements Agent {

    private static final int MAX_TITLE = 150;
    private static final int MAX_CONTENT = 30_000;
    private static final int MAX_QUOTES = 8;
    private static final int MOST_OPEN = 500;
    private static final String REVISE = "Revise: ";

    private static final JsonSchema TEXT = JsonSchema.of("blog_post", """
            {"type": "object", "properties": {"title": {"type": "string"}, "content": {"type": "string"}}, "required": ["title", "content"],
             "additionalProperties": false}""");
    private static final Instructions TASK = Instructions.of("""
            Write a blog post from the research in the material, and give it a title. The title is one line. The content is Markdown without a title, links or pictures. Put the marker of \
            its source, such as [1], behind each claim, and make no claim that the research does not make. About this many words: """);
    private static final Instructions REVISION = Instructions.of("""
            Revise the draft in the material: do what its notes ask for and leave the rest as it is. Keep to the research and the persona in the \
            material. The content is Markdown without a title, links or pictures. Keep the marker of its source, such as [1], behind each claim, and \
            make no claim that the research does not make.""");

    /**
     * @param posts the most new texts of a run, and the most that it revises
     * @param words how long a text is
     */
    @Validated
    @ConfigurationProperties("coral.agents.blog-writing")
    record Settings(@DefaultValue("2") @Min(1) @Max(10) int posts, @DefaultValue("400") @Min(100) @Max(2000) int words) {}

    /** What a step remembers: a text is asked for once, whatever happens behind it. */
    record Written(String title, String content, String model, boolean stored) {}

    private final Settings settings;

    BlogWriting(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.WRITING, "Write blog posts",
                "Writes a blog post about each researched topic in your persona's voice, and leaves it for review. Each claim names its source.", Set.of(),
                Set.of(LanguageModel.class));
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(new Prerequisite(data.findings().any(), "There is no research to write about", "Research a topic first.", "View topics", "/insights"),
                new Prerequisite(data.findings().anyToWrite(), "All research has been written about or has expired", "Research another topic.", "View topics",
                        "/insights"));
    }

    @Override
    public boolean canWorkOn(UUID subject, TenantData data) {
        return data.findings().unwritten(subject).isPresent() || !Answers.wanted(data.blogs(), Optional.of(subject), 1).isEmpty();
    }

    @Override
    public String work(Run run) {
        Stream<String> revised = Answers.wanted(run.data().blogs(), run.subject(), settings.posts()).stream().map(BlogWriting::revision);
        Stream<String> written = topics(run.data(), run.subject()).stream().map(topic -> Research.step(topic.topic(), topic.id()));
        List<String> steps = run.plan(Stream.concat(revised, written).toList());
        int done = 0;
        for (String step : steps) {
            run.progress(done++, steps.size(), "Writing");
            run.step(step, memory -> step.startsWith(REVISE) ? revise(run, step, memory) : write(run, step, memory));
        }
        List<String> stored = steps.stream().filter(step -> run.recalled(step, Written.class).filter(Written::stored).isPresent()).toList();
        run.progress(steps.size(), steps.size(), "Done");
        return stored.isEmpty() ? "Nothing was written" : Answers.told(stored, REVISE, "blog post");
    }

    private List<Topic> topics(TenantData data, Optional<UUID> subject) {
        return subject.map(topic -> data.findings().unwritten(topic).stream().toList()).orElseGet(() -> data.findings().unwritten(settings.posts()));
    }

    private static String revision(Blog blog) {
        return REVISE + Research.step(blog.title(), blog.id());
    }

    private String write(Run run, String step, Run.Memory memory) {
        Topic topic = run.data().findings().unwritten(MOST_OPEN).stream().filter(open -> Research.step(open.topic(), open.id()).equals(step)).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was dismissed, its research has expired, or it was written about meanwhile"));
        Finding finding = run.data().findings().of(topic.id()).orElseThrow(() -> new Run.Skipped("The topic was removed meanwhile"));
        Persona persona = persona(run);
        memory.read("Research", finding.question() + "\n\n" + finding.answer(), "/insights/" + topic.id());
        Written written = run.recalled(step, Written.class).orElseGet(() -> {
            List<Material> material = material(finding, persona);
            Written text = run.optional(LanguageModel.class)
                    .map(model -> answered(model, new Prompt(PersonaPrompt.in(persona.voice(), TASK.and(settings.words()).and(".")), material).with(TEXT), finding))
                    .orElseGet(() -> quoted(topic.topic(), finding));
            return memory.commit(() -> new Run.Committed<>(text, text));
        });
        return memory.commit(() -> {
            Blog blog = run.data().blogs().draft(new NewBlog(written.title(), written.content(), finding.textSources(), written.model(), topic.id(), persona.id()));
            memory.made("Blog post", written.title() + "\n\n" + written.content(), "/blogs/" + blog.id());
            return new Run.Committed<>(stored(written), "“" + written.title() + "”" + Answers.stands(run.data().blogs().submit(blog.id())));
        });
    }

    private String revise(Run run, String step, Run.Memory memory) {
        Blog blog = Answers.sentBack(run.data().blogs(), run.subject()).stream().filter(one -> step.equals(revision(one))).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was changed or removed meanwhile"));
        List<ReviewNote> notes = Answers.open(run.data().blogs(), blog.id());
        UUID insight = blog.insightId();
        Finding finding = Optional.ofNullable(insight).flatMap(run.data().findings()::of).map(found -> numberedAs(blog.sources(), found))
                .orElseThrow(() -> new Run.Skipped("Its research is gone"));
        memory.read("Blog post", blog.title() + "\n\n" + blog.content(), "/blogs/" + blog.id());
        notes.forEach(note -> memory.read("Note", Answers.noted(note), null));
        Written written = run.recalled(step, Written.class).orElseGet(() -> {
            Written text = run.optional(LanguageModel.class)
                    .map(model -> answered(model, new Prompt(PersonaPrompt.in(persona(run).voice(), REVISION), revisionMaterial(finding, persona(run), blog, notes)).with(TEXT), finding))
                    .orElseGet(() -> new Written(blog.title(), String.join("\n\n", Answers.without(notes, List.of(blog.content().split("\n{2,}")),
                            Extracts.NAME.equals(blog.writtenBy().model()))),
                            Objects.requireNonNullElse(blog.writtenBy().model(), Extracts.NAME), false));
            return memory.commit(() -> new Run.Committed<>(text, text));
        });
        Instant seen = blog.updatedAt();
        return memory.commit(() -> {
            run.data().blogs().revise(blog.id(), new Revision(written.title(), List.of(written.content()), finding.textSources(), written.model()), seen);
            memory.made("Blog post", written.title() + "\n\n" + written.content(), "/blogs/" + blog.id());
            return new Run.Committed<>(stored(written), Answers.revised(run.data().blogs().submit(blog.id()),
                    !written.content().equals(blog.content()) || !written.title().equals(blog.title())));
        });
    }

    private static Written stored(Written written) {
        return new Written(written.title(), written.content(), written.model(), true);
    }

    static Persona persona(Run run) {
        return run.data().personas().list(new Page(1, 0)).getFirst();
    }

    static Material described(Persona persona) {
        return PersonaPrompt.material(persona.voice());
    }

    private static List<Material> material(Finding finding, Persona persona) {
        List<Material> material = new ArrayList<>();
        material.add(described(persona));
        material.add(Answers.material(Kind.ANSWER_OF_A_MODEL, finding.question() + "\n" + finding.answer()));
        finding.sources().forEach(source -> material.add(Answers.material(Kind.WEB_PAGE, "[" + source.number() + "] " + source.title())));
        return material;
    }

    private static List<Material> revisionMaterial(Finding finding, Persona persona, Blog blog, List<ReviewNote> notes) {
        List<Material> material = material(finding, persona);
        material.add(Answers.material(Kind.DRAFT, blog.title() + "\n\n" + blog.content()));
        notes.forEach(note -> material.add(Answers.material(Kind.NOTE, Answers.noted(note))));
        return material;
    }

    /**
     * The research as it is now, with the numbers that the sources have in the draft, so that its markers and those of its earlier versions
     * lead to the same; sources that the draft does not have yet come behind them.
     */
    static Finding numberedAs(List<TextSource> draft, Finding found) {
        List<Finding.Source> sources = new ArrayList<>();
        draft.forEach(source -> sources.add(new Finding.Source(source.number(), source.url().isEmpty() ? null : source.url(), source.title(), null,
                source.postId() == null ? Finding.State.CHECKED : Finding.State.COLLECTED, source.postId())));
        Map<Integer, Integer> numbers = new HashMap<>();
        int next = draft.stream().mapToInt(TextSource::number).max().orElse(0);
        for (Finding.Source source : found.sources()) {
            Optional<Finding.Source> same = sources.stream().filter(one -> Objects.equals(one.url(), source.url()) && Objects.equals(one.postId(), source.postId()))
                    .findFirst();
            if (same.isEmpty() && sources.size() < TextSource.MOST) {
                next++;
                sources.add(new Finding.Source(next, source.url(), source.title(), source.publishedAt(), source.state(), source.postId()));
                numbers.put(source.number(), next);
            }
            same.ifPresent(one -> numbers.put(source.number(), one.number()));
        }
        return new Finding(found.question(), DraftText.renumbered(found.answer(), numbers), found.answeredBy(), found.answeredAt(), found.expiresAt(), sources);
    }

    private static Written answered(LanguageModel model, Prompt prompt, Finding finding) {
        Answer.Json answer = Answers.json(model.answer(prompt));
        List<TextSource> sources = finding.textSources();
        String title = DraftText.withoutMarkers(DraftText.keptTo(sources, answer.value().path("title").asString(""))).replaceAll("\\s+", " ").strip();
        String content = DraftText.keptTo(sources, StorableText.truncate(answer.value().path("content").asString(""), MAX_CONTENT));
        if (StorableText.isBlank(title) || StorableText.isBlank(content)) {
            throw Failure.conflict("no_answer", "The model left the title or the text empty.");
        }
        return new Written(StorableText.truncate(title, MAX_TITLE), content, Answers.model(answer), false);
    }

    static Written quoted(String topic, Finding finding) {
        String quotes = quotes(finding, topic, MAX_QUOTES).stream().map(quote -> "> " + quote).collect(Collectors.joining("\n\n"));
        if (quotes.isEmpty()) {
            throw new Run.Skipped("Nothing in the research can be quoted");
        }
        return new Written(StorableText.truncate(topic, MAX_TITLE), "Quotes from " + TweetScraping.count(finding.sources().size(), "source") + ", chosen without a language model.\n\n" + quotes, Extracts.NAME, false);
    }

    /** What of the research to quote, each with its markers. What is quoted already stays as it is quoted; it is the most telling first. */
    static List<String> quotes(Finding finding, String about, int most) {
        Stream<String> chosen = finding.answeredBy().equals(Extracts.NAME) ? finding.answer().lines().filter(line -> !line.isBlank()).limit(most)
                : Extracts.of(finding.answer().lines().map(line -> new Extracts.Text(line, null)).toList(), about, most).stream().map(Extracts.Sentence::text);
        return chosen.map(quote -> DraftText.keptTo(finding.textSources(), quote)).toList();
    }
}

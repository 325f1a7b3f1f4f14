package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Set;
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
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.api.StorableText;
import social.coral.content.Blog;
import social.coral.content.Critique;
import social.coral.content.Critique.Reason;
import social.coral.content.Critique.Verdict;
import social.coral.content.Finding;
import social.coral.content.NoteInput;
import social.coral.content.PostStatus;
import social.coral.content.TextChange;
import social.coral.models.Answer;
import social.coral.models.Extracts;
import social.coral.models.Instructions;
import social.coral.models.JsonSchema;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Material.Kind;
import social.coral.models.Prompt;
import tools.jackson.databind.JsonNode;

/**
 * Judges the blog posts of agents by named criteria before a person sees to them: approved ones stay in review with the judgement, others
 * are sent back with notes a set number of times, or rejected. No judgement publishes or approves anything.
 */
@Component
@EnableConfigurationProperties(BlogCritique.Settings.class)
final class BlogCritique implements Agent {

    /** A model that approves what it scores below this contradicts itself. */
    private static final int LEAST_APPROVED = 50;
    private static final int MAX_REASONS = 20;
    private static final int MAX_REASON = 1_000;
    private static final int MAX_QUOTE = 400;

    private static final JsonSchema JUDGEMENT = JsonSchema.of("critique", """
            {"type": "object", "properties": {
              "verdict": {"type": "string", "enum": ["approve", "revise", "reject"]},
              "scores": {"type": "object", "properties": {
                "evidence": {"type": "integer", "minimum": 0, "maximum": 100}, "structure": {"type": "integer", "minimum": 0, "maximum": 100},
                "voice": {"type": "integer", "minimum": 0, "maximum": 100}, "originality": {"type": "integer", "minimum": 0, "maximum": 100},
                "safety": {"type": "integer", "minimum": 0, "maximum": 100}},
                "required": ["evidence", "structure", "voice", "originality", "safety"], "additionalProperties": false},
              "reasons": {"type": "array", "items": {"type": "object", "properties": {
                "criterion": {"type": "string", "enum": ["evidence", "structure", "voice", "originality", "safety"]},
                "quote": {"type": "string"}, "reason": {"type": "string"}}, "required": ["criterion", "quote", "reason"], "additionalProperties": false}}},
             "required": ["verdict", "scores", "reasons"], "additionalProperties": false}""");
    private static final Instructions TASK = Instructions.of("""
            Judge the draft in the material by five criteria, each from 0 to 100: evidence (each claim has a marker of a source that can carry it), \
            structure (it leads from one thought to the next and ends), voice (it sounds like the persona in the material), originality (it is more \
            than its sources and unlike the earlier texts in the material), safety (nothing in it hurts, deceives, promises or advertises). The verdict \
            is approve, or revise where a writer can mend it, or reject where nobody can. Give a reason for each score below 80, with the exact words \
            of the draft that it is about as its quote, or an empty quote for the whole.""");

    /**
     * @param posts the most texts of a run
     * @param revisions how often a text is sent back; then a person decides
     */
    @Validated
    @ConfigurationProperties("coral.agents.blog-critique")
    record Settings(@DefaultValue("5") @Min(1) @Max(20) int posts, @DefaultValue("2") @Min(0) @Max(5) int revisions) {}

    /**
     * What a step remembers: a judgement is asked for once, whatever happens behind it.
     *
     * @param version what it is a judgement of
     */
    record Judged(int version, Verdict verdict, Map<String, Integer> scores, List<Reason> reasons, String model, boolean stored) {}

    private final Settings settings;

    BlogCritique(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.CRITIQUE, "Review blog posts",
                "Judges what agents wrote by evidence, structure, voice, originality and safety, and sends it back where it can be better.", Set.of(), Set.of(LanguageModel.class));
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(
                new Prerequisite(data.critiques().anyToJudge(), "There is no blog post to judge", "Have one written first.", "View blog posts", "/blogs"),
                new Prerequisite(data.critiques().anyOpen(), "All blog posts have been judged", "A new one is judged once it is in review.", "View blog posts",
                        "/blogs"));
    }

    @Override
    public String work(Run run) {
        List<Blog> open = open(run, settings.posts());
        List<String> steps = run.plan(open.stream().map(BlogCritique::step).toList());
        int done = 0;
        for (String step : steps) {
            run.progress(done++, steps.size(), "Judging");
            run.step(step, memory -> judge(run, step, memory));
        }
        int stored = (int) steps.stream().filter(step -> run.recalled(step, Judged.class).filter(Judged::stored).isPresent()).count();
        run.progress(steps.size(), steps.size(), "Done");
        return stored == 0 ? "Nothing was judged" : "Judged " + TweetScraping.count(stored, "blog post");
    }

    private static String step(Blog blog) {
        return Research.step(blog.title(), blog.id());
    }

    private static List<Blog> open(Run run, int most) {
        return run.data().critiques().open(most).stream().map(run.data().blogs()::get).toList();
    }

    private String judge(Run run, String step, Run.Memory memory) {
        Blog blog = open(run, 100).stream().filter(one -> step(one).equals(step)).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was changed, removed or judged meanwhile"));
        memory.read("Blog post", blog.title() + "\n\n" + blog.content(), "/blogs/" + blog.id());
        int version = run.data().blogs().versions(blog.id(), new Page(1, 0)).getFirst().number();
        Judged judged = run.recalled(step, Judged.class).filter(one -> one.version() == version).orElseGet(() -> {
            Judged one = run.optional(LanguageModel.class).map(model -> asked(run, model, blog, version)).orElseGet(() -> measured(run, blog, version));
            return memory.commit(() -> new Run.Committed<>(one, one));
        });
        int before = run.data().critiques().of(blog.id()).size();
        return memory.commit(() -> {
            if (!run.data().blogs().isUnchanged(blog.id(), blog.updatedAt())) {
                throw new Run.Skipped("It was changed meanwhile, so that the judgement is not of what is there now");
            }
            memory.made("Judgement", shown(judged), "/blogs/" + blog.id());
            run.data().critiques().store(blog.id(), new Critique(version, judged.verdict(), judged.scores(), judged.reasons(), judged.model(), Instant.now()));
            return new Run.Committed<>(new Judged(version, judged.verdict(), judged.scores(), judged.reasons(), judged.model(), true), followed(run, blog, judged, before));
        });
    }

    private String followed(Run run, Blog blog, Judged judged, int before) {
        List<NoteInput> notes = judged.reasons().stream().map(reason -> new NoteInput(named(reason), reason.quote())).toList();
        return switch (judged.verdict()) {
            case APPROVE -> run.data().blogs().approveByRule(blog.id()).status() == PostStatus.APPROVED ? "Good: it is approved by a rule of yours" : "Good: it is ready for your approval";
            case REVISE -> {
                if (before >= settings.revisions() || notes.isEmpty()) {
                    notes.forEach(note -> run.data().blogs().note(blog.id(), note));
                    yield "It could be better; you decide";
                }
                run.data().blogs().sendBack(blog.id(), notes, blog.updatedAt());
                yield "Sent back with " + TweetScraping.count(notes.size(), "note");
            }
            case REJECT -> {
                notes.forEach(note -> run.data().blogs().note(blog.id(), note));
                run.data().blogs().change(blog.id(), TextChange.to(PostStatus.REJECTED), blog.updatedAt());
                yield "Rejected";
            }
        };
    }

    private static String shown(Judged judged) {
        return "Verdict: " + judged.verdict().toString().toLowerCase(Locale.ROOT)
                + judged.scores().entrySet().stream().map(score -> "\n" + score.getKey() + ": " + score.getValue()).collect(Collectors.joining())
                + judged.reasons().stream().map(reason -> "\n" + named(reason)).collect(Collectors.joining());
    }

    private static String named(Reason reason) {
        return StorableText.capitalized(reason.criterion()) + ": " + reason.reason();
    }

    private static Judged asked(Run run, LanguageModel model, Blog blog, int version) {
        List<Material> material = new ArrayList<>();
        material.add(BlogWriting.described(BlogWriting.persona(run)));
        material.add(Answers.material(Kind.DRAFT, blog.title() + "\n\n" + blog.content()));
        blog.sources().forEach(source -> material.add(Answers.material(Kind.WEB_PAGE, "[" + source.number() + "] " + source.title())));
        earlier(run, blog).forEach(text -> material.add(Answers.material(Kind.NOTE, text)));
        Answer.Json answer = Answers.json(model.answer(new Prompt(TASK, material).with(JUDGEMENT)));
        JsonNode value = answer.value();
        Map<String, Integer> scores = new LinkedHashMap<>();
        Critique.CRITERIA.forEach(criterion -> scores.put(criterion, Math.clamp(value.path("scores").path(criterion).asInt(0), 0, 100)));
        List<Reason> reasons = value.path("reasons").valueStream().limit(MAX_REASONS)
                .map(reason -> reason(blog, reason.path("criterion").asString(""), reason.path("quote").asString(""), reason.path("reason").asString("")))
                .filter(reason -> !StorableText.isBlank(reason.reason())).toList();
        Verdict verdict = Verdict.valueOf(value.path("verdict").asString("").toUpperCase(Locale.ROOT));
        List<Reason> low = scores.entrySet().stream().filter(score -> score.getValue() < LEAST_APPROVED)
                .map(score -> new Reason(score.getKey(), null, "it scores " + score.getValue() + " of 100")).toList();
        if (verdict != Verdict.APPROVE || low.isEmpty()) {
            return new Judged(version, verdict, scores, reasons, Answers.model(answer), false);
        }
        // An approval that its own scores contradict is none.
        Set<String> given = reasons.stream().map(Reason::criterion).collect(Collectors.toSet());
        List<Reason> all = Stream.concat(reasons.stream(), low.stream().filter(reason -> !given.contains(reason.criterion()))).limit(MAX_REASONS).toList();
        return new Judged(version, Verdict.REVISE, scores, all, Answers.model(answer), false);
    }

    /** A quote that is not in the text is none. */
    private static Reason reason(Blog blog, String criterion, String quote, String reason) {
        String words = StorableText.truncate(quote.strip(), MAX_QUOTE);
        return new Reason(criterion, words.isEmpty() || !blog.content().contains(words) ? null : words, StorableText.truncate(reason.strip(), MAX_REASON));
    }

    private static List<String> earlier(Run run, Blog blog) {
        return run.data().blogs().list(null, new Page(6, 0)).stream().filter(other -> !other.id().equals(blog.id())).map(other -> StorableText.truncate(other.content(), 4_000)).toList();
    }

    private static Judged measured(Run run, Blog blog, int version) {
        String research = Optional.ofNullable(blog.insightId()).flatMap(run.data().findings()::of).map(Finding::answer).orElse("");
        BlogMeasures measures = BlogMeasures.of(blog, earlier(run, blog), research, BlogWriting.persona(run).voice());
        return new Judged(version, measures.verdict(), measures.scores(), measures.reasons(), Extracts.NAME, false);
    }
}

package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
import social.coral.api.StorableText;
import social.coral.content.Blog;
import social.coral.content.Finding;
import social.coral.content.NewThread;
import social.coral.content.Persona;
import social.coral.content.PostLimit;
import social.coral.content.PostText;
import social.coral.content.ReviewNote;
import social.coral.content.Revision;
import social.coral.content.TextKind;
import social.coral.content.TextSource;
import social.coral.content.TweetThread;
import social.coral.content.TweetThreads.Origin;
import social.coral.models.Answer;
import social.coral.models.Extracts;
import social.coral.models.Instructions;
import social.coral.models.JsonSchema;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Material.Kind;
import social.coral.models.Prompt;
import social.coral.models.Sentences;

/**
 * Makes a thread, or a single post where one is enough, of each blog post of an agent, and of research that no blog post was written about,
 * and revises what changes are wanted of. Each waits in review.
 */
@Component
@EnableConfigurationProperties(BlogToTweet.Settings.class)
final class BlogToTweet implements Agent {

    private static final int MOST_OPEN = 500;
    private static final int SHORT = PostLimit.SHORT.weighted();
    private static final String REVISE = "Revise: ";
    /** The number that a part of a thread may end with. */
    private static final Pattern NUMBER = Pattern.compile(" [0-9]{1,2}/[0-9]{1,2}$");
    private static final Pattern MARKED_QUOTE = Pattern.compile("\u201d ?\\[([0-9]{1,3})]");
    private static final Pattern BY = Pattern.compile("\u201d \u2014 [A-Za-z0-9_]{1,15}$");
    private static final Pattern BETWEEN_QUOTES = Pattern.compile("(?<=\u201d \u2014 [A-Za-z0-9_]{1,15})\\s+|(?<=:)\\s+(?=\u201c)");
    private static final JsonSchema PARTS = JsonSchema.of("thread", """
            {"type": "object", "properties": {"parts": {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 25}}, "required": ["parts"],
             "additionalProperties": false}""");
    private static final Instructions TASK = Instructions.of("""
            Make a thread for X of the text in the material. Each part \
            stands on its own, is at most 250 characters long, and claims nothing that the text does not claim. Write no links, numbers of parts, \
            hashtags, markers such as [1] or names of accounts. The first part says what it is about. At most this many parts: """);
    private static final Instructions REVISION = Instructions.of("""
            Revise the thread for X in the material: do what its notes ask for and leave the rest as it is. Each part stands on its own, is at most 250 \
            characters long, and claims nothing that the thread and the text it is made of do not claim. Write no links, numbers of parts, hashtags, markers \
            such as [1] or names of accounts. At most this many parts: """);

    private static final Instructions POST = Instructions.of("""
            Make a single post for X of the text in the material, as one part. It is at most 5,000 characters long, in short paragraphs, and claims nothing \
            that the text does not claim. Its first sentence says what it is about, because X shows only the beginning until a reader asks for more. Write no \
            links, hashtags, markers such as [1] or names of accounts.""");
    private static final Instructions POST_REVISION = Instructions.of("""
            Revise the post for X in the material, as one part: do what its notes ask for and leave the rest as it is. It is at most 5,000 characters long, in \
            short paragraphs, and claims nothing that the post and the text it is made of do not claim. Write no links, hashtags, markers such as [1] or names \
            of accounts.""");

    /**
     * @param threads the most new threads of a run, and the most that it revises
     * @param parts the most parts of a thread, each within what every account may publish; 1 makes a single post, a long one where the account may
     *     publish those
     * @param numbered whether each part ends with its number
     * @param link whether the last part ends with the address of a source; a post with a link costs more
     */
    @Validated
    @ConfigurationProperties("coral.agents.blog-to-tweet")
    record Settings(@DefaultValue("2") @Min(1) @Max(10) int threads, @DefaultValue("6") @Min(1) @Max(25) int parts, @DefaultValue("false") boolean numbered,
            @DefaultValue("false") boolean link) {}

    /** What a step remembers: a thread is asked for once, whatever happens behind it. */
    record Made(List<String> parts, @Nullable Integer leftOut, String model, boolean stored) {

        /** What the limit on parts did to it, as the end of a sentence. */
        String limited() {
            return leftOut == null || leftOut == 0 ? "" : "; " + TweetScraping.count(leftOut, "part") + " beyond the most that a thread may have "
                    + (leftOut == 1 ? "is" : "are") + " left out";
        }
    }

    private final Settings settings;

    BlogToTweet(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.THREADS, "Make threads",
                (settings.parts() == 1 ? "Makes a single post, a long one where your account has X Premium," : "Makes a thread")
                        + " of each blog post and of research without one, revises what you send back, and leaves it for review.",
                Set.of(), Set.of(LanguageModel.class));
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(new Prerequisite(data.threads().anyOrigin(), "There is nothing to make a thread of yet", "Research a topic first.", "View topics", "/insights"));
    }

    @Override
    public boolean canWorkOn(UUID subject, TenantData data) {
        return data.threads().origin(subject).isPresent() || !Answers.wanted(data.threads(), Optional.of(subject), 1).isEmpty();
    }

    @Override
    public String work(Run run) {
        Stream<String> revised = Answers.wanted(run.data().threads(), run.subject(), settings.threads()).stream().map(BlogToTweet::revision);
        Stream<String> made = origins(run.data(), run.subject(), settings.threads()).stream().map(BlogToTweet::step);
        List<String> steps = run.plan(Stream.concat(revised, made).toList());
        int done = 0;
        for (String step : steps) {
            run.progress(done++, steps.size(), "Making threads");
            run.step(step, memory -> step.startsWith(REVISE) ? revise(run, step, memory) : make(run, step, memory));
        }
        List<String> stored = steps.stream().filter(step -> run.recalled(step, Made.class).filter(Made::stored).isPresent()).toList();
        run.progress(steps.size(), steps.size(), "Done");
        return stored.isEmpty() ? "No thread was made" : Answers.told(stored, REVISE, "thread");
    }

    /** What to make threads of. A subject is a blog post, or a topic without one. */
    private static List<Origin> origins(TenantData data, Optional<UUID> subject, int most) {
        return subject.map(one -> data.threads().origin(one).stream().toList()).orElseGet(() -> data.threads().origins(most));
    }

    private static String step(Origin origin) {
        UUID blog = origin.blogId();
        UUID insight = origin.insightId();
        return Research.step(origin.title(), blog == null && insight != null ? insight : Objects.requireNonNull(blog));
    }

    private static String revision(TweetThread thread) {
        String title = thread.title();
        return REVISE + Research.step(title == null ? thread.texts().getFirst() : title, thread.id());
    }

    private String revise(Run run, String step, Run.Memory memory) {
        TweetThread thread = Answers.sentBack(run.data().threads(), run.subject()).stream().filter(one -> revision(one).equals(step)).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was changed or removed meanwhile"));
        List<ReviewNote> notes = Answers.open(run.data().threads(), thread.id());
        memory.read("Thread", String.join("\n\n", thread.texts()), "/threads/" + thread.id());
        Made made = run.recalled(step, Made.class).orElseGet(() -> {
            // What is a long post stays one.
            boolean longPost = thread.texts().size() == 1 && PostLimit.SHORT.tooMany(thread.texts().getFirst()) > 0;
            int room = longPost ? run.data().limits().current().weighted() : room(run);
            Instructions task = room > SHORT ? POST_REVISION : REVISION;
            Made one = run.optional(LanguageModel.class)
                    .map(model -> asked(run, model, task, revisionMaterial(run, thread, notes), thread.sources(), links(thread), room))
                    .orElseGet(() -> without(thread, notes, room));
            return memory.commit(() -> new Run.Committed<>(one, one));
        });
        mustFit(run, made);
        return memory.commit(() -> {
            run.data().threads().revise(thread.id(), new Revision(thread.title(), made.parts(), thread.sources(), made.model()), thread.updatedAt());
            memory.made("Thread", String.join("\n\n", made.parts()), "/threads/" + thread.id());
            return new Run.Committed<>(new Made(made.parts(), made.leftOut(), made.model(), true),
                    Answers.revised(run.data().threads().submit(thread.id()), !made.parts().equals(thread.texts())) + made.limited());
        });
    }

    private static List<Material> revisionMaterial(Run run, TweetThread thread, List<ReviewNote> notes) {
        List<Material> material = new ArrayList<>(List.of(Answers.material(Kind.DRAFT, String.join("\n\n", thread.texts()))));
        notes.forEach(note -> material.add(Answers.material(Kind.NOTE, Answers.noted(note))));
        if (thread.blogId() == null && thread.insightId() == null) {
            return material;
        }
        try {
            Text text = text(run, new Origin(thread.blogId(), thread.insightId(), Objects.requireNonNullElse(thread.title(), "")));
            material.add(Answers.material(Kind.NOTE, text.title() + "\n\n" + String.join("\n", text.paragraphs())));
        } catch (Run.Skipped gone) {
            // What it was made of is gone; the thread can be revised without it.
        }
        return material;
    }

    /** The weighted length of a part: threads are made of short ones, and a single post is as long as the account may publish. */
    private int room(Run run) {
        return settings.parts() == 1 ? run.data().limits().current().weighted() : SHORT;
    }

    private static void mustFit(Run run, Made made) {
        if (!run.data().limits().current().fits(TextKind.THREAD, made.parts())) {
            throw new Run.Skipped("Your account may no longer publish a post of this length");
        }
    }

    /** Without a model, the quotes or sentences that notes are about are left out. */
    private Made without(TweetThread thread, List<ReviewNote> notes, int room) {
        String model = Objects.requireNonNullElse(thread.writtenBy().model(), Extracts.NAME);
        List<String> parts = thread.texts().stream().map(part -> NUMBER.matcher(part).replaceFirst("")).toList();
        // A quote may go on in the next part.
        List<String> pieces = (model.equals(Extracts.NAME) ? Stream.of(String.join(" ", parts)) : parts.stream()).flatMap(BlogToTweet::pieces).toList();
        return new Made(new ThreadParts(room, settings.parts(), settings.numbered())
                .of(Answers.without(notes, pieces, pieces.getFirst().endsWith(":")), null), null, model, false);
    }

    /** Each quote with whose words it is, and the sentences of everything else. */
    private static Stream<String> pieces(String text) {
        return Arrays.stream(BETWEEN_QUOTES.split(text)).flatMap(piece -> BY.matcher(piece).find() ? Stream.of(piece) : new Sentences(null).parts(piece).stream());
    }

    /** What a thread is made of. */
    private record Text(String title, List<String> paragraphs, List<TextSource> sources, Set<String> links, boolean quoted) {}

    private String make(Run run, String step, Run.Memory memory) {
        Origin origin = origins(run.data(), run.subject(), MOST_OPEN).stream().filter(one -> step(one).equals(step)).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was removed, or a thread of it was made meanwhile"));
        Text text = text(run, origin);
        memory.read("Text", text.title() + "\n\n" + String.join("\n\n", text.paragraphs()),
                origin.blogId() != null ? "/blogs/" + origin.blogId() : "/insights/" + origin.insightId());
        Made made = run.recalled(step, Made.class).orElseGet(() -> {
            int room = room(run);
            Material draft = Answers.material(Kind.DRAFT, text.title() + "\n\n" + String.join("\n", text.paragraphs()));
            Made one = run.optional(LanguageModel.class)
                    .map(model -> asked(run, model, room > SHORT ? POST : TASK, List.of(draft), text.sources(), text.links(), room))
                    .orElseGet(() -> quoted(text, room));
            return memory.commit(() -> new Run.Committed<>(one, one));
        });
        mustFit(run, made);
        return memory.commit(() -> {
            TweetThread thread = run.data().threads().submit(run.data().threads()
                    .draft(new NewThread(text.title(), made.parts(), text.sources(), made.model(), origin.blogId(), origin.insightId())).id());
            memory.made("Thread", String.join("\n\n", made.parts()), "/threads/" + thread.id());
            int parts = made.parts().size();
            return new Run.Committed<>(new Made(made.parts(), made.leftOut(), made.model(), true),
                    (parts == 1 ? "A single post" : "A thread of " + parts + " parts") + Answers.stands(thread) + made.limited());
        });
    }

    private static Text text(Run run, Origin origin) {
        UUID blogId = origin.blogId();
        if (blogId != null) {
            try {
                Blog blog = run.data().blogs().get(blogId);
                // What a person linked to may be linked to.
                Set<String> links = blog.writtenBy().agent() == null ? DraftText.links(blog.content()) : Set.of();
                return new Text(blog.title(), PlainParagraphs.withoutHeadings(blog.content()), blog.sources(), links,
                        Extracts.NAME.equals(blog.writtenBy().model()));
            } catch (Failure gone) {
                throw new Run.Skipped("The blog post was removed meanwhile");
            }
        }
        Finding finding = run.data().findings().of(Objects.requireNonNull(origin.insightId())).orElseThrow(() -> new Run.Skipped("The topic was removed meanwhile"));
        List<String> paragraphs = new ArrayList<>(List.of(origin.title() + ":"));
        paragraphs.addAll(BlogWriting.quotes(finding, origin.title(), 5));
        return new Text(origin.title(), paragraphs, finding.textSources(), Set.of(), false);
    }

    private Made asked(Run run, LanguageModel model, Instructions task, List<Material> read, List<TextSource> sources, Set<String> links, int room) {
        Persona persona = BlogWriting.persona(run);
        List<Material> material = Stream.concat(Stream.of(BlogWriting.described(persona)), read.stream()).toList();
        Instructions asked = room > SHORT ? task : task.and(settings.parts()).and(".");
        Answer.Json answer = Answers.json(model.answer(new Prompt(PersonaPrompt.in(persona.voice(), asked), material).with(PARTS)));
        List<String> written = new ArrayList<>();
        answer.value().path("parts").forEach(part -> written.add(plain(part.asString(""), sources, links)));
        Set<String> parts = new LinkedHashSet<>();
        if (room > SHORT) {
            parts.addAll(longPost(written, written.stream().flatMap(part -> new Sentences(null).parts(part).stream()).toList(), null, room));
        } else {
            written.forEach(part -> parts.addAll(new ThreadParts(room, settings.parts(), false).of(new Sentences(null).parts(part), null)));
        }
        parts.removeIf(StorableText::isBlank);
        if (parts.isEmpty()) {
            throw Failure.conflict("no_answer", "The model wrote no part.");
        }
        // Each part of the model's is one here, unless it was too long or said the same as another.
        List<String> kept = new ThreadParts(room, settings.parts(), settings.numbered()).apart(List.copyOf(parts), link(sources));
        return new Made(kept, Math.max(0, parts.size() - settings.parts()), Answers.model(answer), false);
    }

    /** A single post that keeps its paragraphs, or else as many of its sentences as fit. */
    private static List<String> longPost(List<String> paragraphs, List<String> sentences, @Nullable String link, int room) {
        String whole = paragraphs.stream().filter(paragraph -> !StorableText.isBlank(paragraph)).collect(Collectors.joining("\n\n"));
        ThreadParts post = new ThreadParts(room, 1, false);
        return PostText.weightedLength(whole) <= room ? post.apart(List.of(whole), link) : post.of(sentences, link);
    }

    private Made quoted(Text text, int room) {
        List<String> paragraphs = new ArrayList<>();
        if (text.quoted()) {
            paragraphs.add(text.title() + ":");
        }
        // The first paragraph of quotes says how they were chosen, which its mark says here.
        text.paragraphs().stream().skip(text.quoted() ? 1 : 0)
                .forEach(paragraph -> paragraphs.add(plain(named(paragraph, text.sources()), text.sources(), text.links())));
        List<String> sentences = paragraphs.stream().flatMap(BlogToTweet::pieces).toList();
        List<String> parts = room > SHORT ? longPost(paragraphs, sentences, link(text.sources()), room)
                : new ThreadParts(room, settings.parts(), settings.numbered()).of(sentences, link(text.sources()));
        if (parts.isEmpty()) {
            throw new Run.Skipped("Nothing of it can be posted");
        }
        return new Made(parts, null, Extracts.NAME, false);
    }

    /** Puts behind each quote whose words it is, in a form that notifies nobody. */
    private static String named(String paragraph, List<TextSource> sources) {
        return MARKED_QUOTE.matcher(paragraph).replaceAll(marked -> Matcher.quoteReplacement(sources.stream()
                .filter(source -> source.number() == Integer.parseInt(marked.group(1))).flatMap(source -> source.author().stream()).findFirst()
                .map(author -> "\u201d \u2014 " + author).orElse("\u201d")));
    }

    private static Set<String> links(TweetThread thread) {
        return thread.texts().stream().flatMap(part -> DraftText.links(part).stream()).collect(Collectors.toSet());
    }

    private static String plain(String text, List<TextSource> sources, Set<String> links) {
        return DraftText.withoutMarkers(DraftText.keptTo(sources, links, text)).strip();
    }

    private @Nullable String link(List<TextSource> sources) {
        return settings.link() ? Stream.concat(sources.stream().filter(source -> source.postId() == null), sources.stream()).map(TextSource::url)
                .filter(url -> !url.isEmpty()).findFirst().orElse(null) : null;
    }
}

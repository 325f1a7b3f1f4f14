package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import social.coral.agents.pipeline.ThreadWriter.Made;
import social.coral.agents.pipeline.ThreadWriter.Text;
import social.coral.api.Failure;
import social.coral.content.Blog;
import social.coral.content.Finding;
import social.coral.content.NewThread;
import social.coral.content.ReviewNote;
import social.coral.content.Revision;
import social.coral.content.TextKind;
import social.coral.content.TweetThread;
import social.coral.content.TweetThreads.Origin;
import social.coral.models.Extracts;
import social.coral.models.LanguageModel;
import social.coral.models.Material;
import social.coral.models.Material.Kind;

/**
 * Makes a thread, or a single post where one is enough, of each blog post of an agent, and of research that no blog post was written about,
 * and revises what changes are wanted of. Each waits in review.
 */
@Component
@EnableConfigurationProperties(BlogToTweet.Settings.class)
final class BlogToTweet implements Agent {

    private static final int MOST_OPEN = 500;
    private static final String REVISE = "Revise: ";
    /**
     * @param threads the most new threads of a run, and the most that it revises
     * @param numbered whether each part ends with its number
     * @param link whether the last part ends with the address of a source; a post with a link costs more
     */
    @Validated
    @ConfigurationProperties("coral.agents.blog-to-tweet")
    record Settings(@DefaultValue("2") @Min(1) @Max(10) int threads, @DefaultValue("false") boolean numbered,
            @DefaultValue("false") boolean link) {}

    private final Settings settings;

    BlogToTweet(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.THREADS, "Make threads",
                "Makes a thread or a single post of each blog post and of research without one, revises what you send back, and leaves it for review.",
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
            Made one = ThreadWriter.of(run, settings, thread).revise(thread, notes, revisionMaterial(run, thread, notes));
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

    private static void mustFit(Run run, Made made) {
        if (!run.data().limits().current().fits(TextKind.THREAD, made.parts())) {
            throw new Run.Skipped("Your account may no longer publish a post of this length");
        }
    }

    private String make(Run run, String step, Run.Memory memory) {
        Origin origin = origins(run.data(), run.subject(), MOST_OPEN).stream().filter(one -> step(one).equals(step)).findFirst()
                .orElseThrow(() -> new Run.Skipped("It was removed, or a thread of it was made meanwhile"));
        Text text = text(run, origin);
        memory.read("Text", text.title() + "\n\n" + String.join("\n\n", text.paragraphs()),
                origin.blogId() != null ? "/blogs/" + origin.blogId() : "/insights/" + origin.insightId());
        Made made = run.recalled(step, Made.class).orElseGet(() -> {
            Made one = ThreadWriter.of(run, settings).write(text);
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
}

package social.coral.agents.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.agents.PersonaPrompt;
import social.coral.agents.Run;
import social.coral.agents.pipeline.BlogToTweet.Settings;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.content.Persona;
import social.coral.content.PostLimit;
import social.coral.content.PostText;
import social.coral.content.ReviewNote;
import social.coral.content.TextSource;
import social.coral.content.TweetThread;
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
 * Writes the parts of a thread, or a single post, with the tenant's model or by quoting.
 *
 * @param most how many parts there may be
 * @param room the most that each may have, as X counts
 */
record ThreadWriter(Run run, Settings settings, int most, int room) {

    private static final int SHORT = PostLimit.SHORT.weighted();
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

    /** What a step remembers: a thread is asked for once, whatever happens behind it. */
    record Made(List<String> parts, @Nullable Integer leftOut, String model, boolean stored) {

        /** What the limit on parts did to it, as the end of a sentence. */
        String limited() {
            return leftOut == null || leftOut == 0 ? "" : "; " + TweetScraping.count(leftOut, "part") + " beyond the most that a thread may have "
                    + (leftOut == 1 ? "is" : "are") + " left out";
        }
    }

    /** What a thread is made of. */
    record Text(String title, List<String> paragraphs, List<TextSource> sources, Set<String> links, boolean quoted) {}

    /** Writes a new thread as the person wants threads, or a single post as long as the account may publish. */
    static ThreadWriter of(Run run, Settings settings) {
        int parts = Objects.requireNonNull(run.limits().parts());
        return parts == 1 ? single(run, settings) : new ThreadWriter(run, settings, parts, SHORT);
    }

    /** Revises a thread: a long post stays one post, and a thread one of no fewer parts. */
    static ThreadWriter of(Run run, Settings settings, TweetThread revised) {
        int parts = revised.texts().size();
        if (parts == 1 && PostLimit.SHORT.tooMany(revised.texts().getFirst()) > 0) {
            return single(run, settings);
        }
        ThreadWriter usual = of(run, settings);
        return parts > usual.most() ? new ThreadWriter(run, settings, parts, SHORT) : usual;
    }

    private static ThreadWriter single(Run run, Settings settings) {
        return new ThreadWriter(run, settings, 1, run.data().limits().current().weighted());
    }

    private boolean isLong() {
        return room > SHORT;
    }

    private ThreadParts parts() {
        return new ThreadParts(room, most, settings.numbered());
    }

    /** Makes a thread of a text. */
    Made write(Text text) {
        Material draft = Answers.material(Kind.DRAFT, text.title() + "\n\n" + String.join("\n", text.paragraphs()));
        return run.optional(LanguageModel.class)
                .map(model -> asked(model, isLong() ? POST : TASK, List.of(draft), text.sources(), text.links()))
                .orElseGet(() -> quoted(text));
    }

    /** Makes the next version of a thread, which does what its notes ask for. */
    Made revise(TweetThread thread, List<ReviewNote> notes, List<Material> material) {
        Set<String> links = thread.texts().stream().flatMap(part -> DraftText.links(part).stream()).collect(Collectors.toSet());
        return run.optional(LanguageModel.class)
                .map(model -> asked(model, isLong() ? POST_REVISION : REVISION, material, thread.sources(), links))
                .orElseGet(() -> without(thread, notes));
    }

    private Made asked(LanguageModel model, Instructions task, List<Material> read, List<TextSource> sources, Set<String> links) {
        Persona persona = BlogWriting.persona(run);
        List<Material> material = Stream.concat(Stream.of(BlogWriting.described(persona)), read.stream()).toList();
        Instructions asked = isLong() ? task : task.and(most).and(".");
        Answer.Json answer = Answers.json(model.answer(new Prompt(PersonaPrompt.in(persona.voice(), asked), material).with(PARTS)));
        List<String> written = new ArrayList<>();
        answer.value().path("parts").forEach(part -> written.add(plain(part.asString(""), sources, links)));
        Set<String> parts = new LinkedHashSet<>();
        if (isLong()) {
            parts.addAll(longPost(written, written.stream().flatMap(part -> new Sentences(null).parts(part).stream()).toList(), null));
        } else {
            written.forEach(part -> parts.addAll(new ThreadParts(room, most, false).of(new Sentences(null).parts(part), null)));
        }
        parts.removeIf(StorableText::isBlank);
        if (parts.isEmpty()) {
            throw Failure.conflict("no_answer", "The model wrote no part.");
        }
        // Each part of the model's is one here, unless it was too long or said the same as another.
        List<String> kept = parts().apart(List.copyOf(parts), link(sources));
        return new Made(kept, Math.max(0, parts.size() - most), Answers.model(answer), false);
    }

    /** A single post that keeps its paragraphs, or else as many of its sentences as fit. */
    private List<String> longPost(List<String> paragraphs, List<String> sentences, @Nullable String link) {
        String whole = paragraphs.stream().filter(paragraph -> !StorableText.isBlank(paragraph)).collect(Collectors.joining("\n\n"));
        ThreadParts post = new ThreadParts(room, 1, false);
        return PostText.weightedLength(whole) <= room ? post.apart(List.of(whole), link) : post.of(sentences, link);
    }

    private Made quoted(Text text) {
        List<String> paragraphs = new ArrayList<>();
        if (text.quoted()) {
            paragraphs.add(text.title() + ":");
        }
        // The first paragraph of quotes says how they were chosen, which its mark says here.
        text.paragraphs().stream().skip(text.quoted() ? 1 : 0)
                .forEach(paragraph -> paragraphs.add(plain(named(paragraph, text.sources()), text.sources(), text.links())));
        List<String> sentences = paragraphs.stream().flatMap(ThreadWriter::pieces).toList();
        List<String> parts = isLong() ? longPost(paragraphs, sentences, link(text.sources()))
                : parts().of(sentences, link(text.sources()));
        if (parts.isEmpty()) {
            throw new Run.Skipped("Nothing of it can be posted");
        }
        return new Made(parts, null, Extracts.NAME, false);
    }

    /** Without a model, the quotes or sentences that notes are about are left out. */
    private Made without(TweetThread thread, List<ReviewNote> notes) {
        String model = Objects.requireNonNullElse(thread.writtenBy().model(), Extracts.NAME);
        List<String> parts = thread.texts().stream().map(part -> NUMBER.matcher(part).replaceFirst("")).toList();
        // A quote may go on in the next part.
        List<String> pieces = (model.equals(Extracts.NAME) ? Stream.of(String.join(" ", parts)) : parts.stream()).flatMap(ThreadWriter::pieces).toList();
        return new Made(parts().of(Answers.without(notes, pieces, pieces.getFirst().endsWith(":")), null), null, model, false);
    }

    /** Each quote with whose words it is, and the sentences of everything else. */
    private static Stream<String> pieces(String text) {
        return Arrays.stream(BETWEEN_QUOTES.split(text)).flatMap(piece -> BY.matcher(piece).find() ? Stream.of(piece) : new Sentences(null).parts(piece).stream());
    }

    /** Puts behind each quote whose words it is, in a form that notifies nobody. */
    private static String named(String paragraph, List<TextSource> sources) {
        return MARKED_QUOTE.matcher(paragraph).replaceAll(marked -> Matcher.quoteReplacement(sources.stream()
                .filter(source -> source.number() == Integer.parseInt(marked.group(1))).flatMap(source -> source.author().stream()).findFirst()
                .map(author -> "\u201d \u2014 " + author).orElse("\u201d")));
    }

    private static String plain(String text, List<TextSource> sources, Set<String> links) {
        return DraftText.withoutMarkers(DraftText.keptTo(sources, links, text)).strip();
    }

    private @Nullable String link(List<TextSource> sources) {
        return settings.link() ? Stream.concat(sources.stream().filter(source -> source.postId() == null), sources.stream()).map(TextSource::url)
                .filter(url -> !url.isEmpty()).findFirst().orElse(null) : null;
    }
}

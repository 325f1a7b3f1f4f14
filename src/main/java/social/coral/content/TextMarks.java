package social.coral.content;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Marks what agents write that is in none of their sources and not in the persona. */
@Component
public final class TextMarks {

    private static final int MAX_BYTES = 55_000;
    private static final Pattern CITED = Pattern.compile("\\[\\d{1,3}(?:, ?\\d{1,3})*+]");
    private static final JsonMapper JSON = new JsonMapper();

    private final TenantDoor door;
    private final Personas personas;

    TextMarks(TenantDoor door, Personas personas) {
        this.door = door;
        this.personas = personas;
    }

    /**
     * What a text is made of besides its sources.
     *
     * @param blogId the blog post, which counts once it is approved
     * @param insightId the topic, of whose research only what names a source counts
     * @param postId the post that it answers
     */
    record Made(@Nullable UUID blogId, @Nullable UUID insightId, @Nullable UUID personaId, @Nullable UUID postId) {}

    /** Returns the marks of a text as it would be with these words; none of what a person wrote. */
    public List<TextMark> of(ReviewedText text, @Nullable String title, List<String> parts) {
        return text.writtenBy().agent() == null ? List.of() : of(text.kind(), title, parts, text.sources(), made(text));
    }

    List<TextMark> of(TextKind kind, @Nullable String title, List<String> parts, List<TextSource> sources, Made made) {
        return DraftMarks.of(kind, title, parts, sources, basis(sources, made));
    }

    static Made made(ReviewedText text) {
        return switch (text) {
            case Blog blog -> new Made(null, blog.insightId(), blog.personaId(), null);
            case TweetThread thread -> new Made(thread.blogId(), thread.insightId(), null, null);
            case Reply reply -> new Made(null, null, null, reply.postId());
            case Tweet tweet -> new Made(tweet.blogId(), tweet.insightId(), null, null);
        };
    }

    private TextBasis basis(List<TextSource> sources, Made made) {
        List<String> texts = new ArrayList<>(sources.stream().map(TextSource::title).toList());
        List<String> addresses = new ArrayList<>(sources.stream().map(TextSource::url).filter(url -> !url.isEmpty()).toList());
        List<String> names = new ArrayList<>(names(sources.stream().map(TextSource::title).toList()));
        List<LocalDate> days = new ArrayList<>();
        UUID[] posts = Stream.concat(sources.stream().map(TextSource::postId), Stream.ofNullable(made.postId())).filter(Objects::nonNull).distinct()
                .toArray(UUID[]::new);
        if (posts.length > 0) {
            door.sql("select author, content, created_at from public.tweets_cache where user_id = :tenant and id = any(:ids)").param("ids", posts)
                    .list(row -> {
                texts.add(row.getString("content"));
                names.add("@" + row.getString("author"));
                return days.add(LocalDate.ofInstant(Columns.instant(row, "created_at"), ZoneOffset.UTC));
            });
        }
        if (made.insightId() != null) {
            door.sql("select answer from public.insights where user_id = :tenant and id = :id and answer is not null").param("id", made.insightId())
                    .first(row -> row.getString(1))
                    .ifPresent(answer -> answer.lines().filter(line -> CITED.matcher(line).find()).map(TextMarks::withoutMarkers).forEach(texts::add));
        }
        if (made.blogId() != null) {
            door.sql("select title, content from public.blogs where user_id = :tenant and id = :id and status in ('approved', 'scheduled', 'publishing', 'published')")
                    .param("id", made.blogId())
                    .first(row -> row.getString("title") + "\n" + row.getString("content")).map(TextMarks::withoutMarkers).ifPresent(texts::add);
        }
        String voice = persona(made.personaId()).voice().described();
        texts.add(voice);
        names.add(voice);
        addresses.add(voice);
        return new TextBasis(texts, addresses, names, days);
    }

    /** The number of a source is no fact. */
    private static String withoutMarkers(String text) {
        return CITED.matcher(text).replaceAll(" ");
    }

    static List<String> names(List<String> titles) {
        return titles.stream().flatMap(title -> TextSource.author(title).stream()).map(author -> "@" + author).toList();
    }

    private Persona persona(@Nullable UUID id) {
        if (id == null) {
            return personas.standard();
        }
        try {
            return personas.get(id);
        } catch (Failure gone) {
            return personas.standard();
        }
    }

    static @Nullable String write(@Nullable List<TextMark> marks) {
        if (marks == null) {
            return null;
        }
        ArrayNode written = JSON.createArrayNode();
        int bytes = 0;
        for (TextMark mark : marks) {
            ObjectNode one = JSON.createObjectNode().put("kind", mark.kind().toString()).put("part", mark.part()).put("start", mark.start())
                    .put("end", mark.end())
                    .put("words", mark.words());
            bytes += one.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes <= MAX_BYTES) {
                written.add(one);
            }
        }
        return written.toString();
    }

    static @Nullable List<TextMark> read(@Nullable String json) {
        if (json == null) {
            return null;
        }
        List<TextMark> marks = new ArrayList<>();
        try {
            for (JsonNode one : JSON.readTree(json)) {
                JsonNode part = one.path("part");
                marks.add(new TextMark(Columns.constant(TextMark.Kind.class).apply(one.path("kind").asString("")), part.isInt() ? part.intValue()
                        : null,
                        one.path("start").asInt(0), one.path("end").asInt(0), one.path("words").asString("")));
            }
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
        return List.copyOf(marks);
    }
}

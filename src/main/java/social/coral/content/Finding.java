package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about a topic.
 *
 * @param answer plain text; each marker such as {@code [2]} in it leads to the source of that number
 * @param answeredBy the model that answered, or {@code extracts} when it is quoted from what was collected
 * @param expiresAt when it is asked again
 */
public record Finding(String question, String answer, String answeredBy, Instant answeredAt, Instant expiresAt, List<Source> sources) {

    public Finding {
        sources = List.copyOf(sources);
    }

    /**
     * A source of an answer.
     *
     * @param number by which the answer refers to it
     * @param url http or https; null for a post without an address
     * @param postId the collected post that it is, if it is one
     */
    public record Source(int number, @Nullable String url, String title, @Nullable Instant publishedAt, State state, @Nullable UUID postId) {}

    /** What is known of a source. */
    public enum State {
        /** It is a post that was collected. */
        COLLECTED,
        /** A page was found at its address. */
        CHECKED,
        /** No page was found at its address. */
        UNREACHABLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Returns the sources as a text keeps them that is written from it. */
    public List<TextSource> textSources() {
        return sources.stream().map(source -> new TextSource(source.number(), source.url() == null ? "" : source.url(), source.title(), source.postId())).toList();
    }
}

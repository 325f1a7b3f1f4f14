package social.coral.web.insights;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.agents.Agents;
import social.coral.api.StorableText;
import social.coral.content.CollectedPost;
import social.coral.content.Finding;
import social.coral.content.Findings;
import social.coral.content.Insight;
import social.coral.content.Insights;
import social.coral.content.MadeText;
import social.coral.content.TextKind;
import social.coral.web.frame.Ellipsis;
import social.coral.web.frame.Figures;
import social.coral.web.posts.RichText;
import social.coral.web.texts.TextPlace;

/**
 * A topic as the page shows it.
 *
 * @param finding what was found out about it; null for nothing yet
 * @param made the texts that were made of it
 */
public record InsightView(Insight insight, @Nullable Finding finding, List<MadeText> made) {

    private static final int SHOWN_AUTHORS = 3;
    private static final int SHOWN_OF_POST = 220;

    static List<InsightView> all(List<Insight> topics, Insights insights, Findings findings) {
        List<UUID> ids = topics.stream().map(Insight::id).toList();
        Map<UUID, Finding> found = findings.of(ids);
        Map<UUID, List<MadeText>> made = insights.made(ids);
        return topics.stream().map(topic -> new InsightView(topic, found.get(topic.id()), made.getOrDefault(topic.id(), List.of()))).toList();
    }

    /** The next thing that an agent can do about a topic. */
    public record Offer(String agent, String verb) {}

    /** Returns what to do about it next: to research it, while that is new to write about it, and nothing once it was written about. */
    public @Nullable Offer offer(Instant now) {
        if (insight.dismissed() || made.stream().anyMatch(text -> text.kind() == TextKind.BLOG)) {
            return null;
        }
        if (finding != null && finding.expiresAt().isAfter(now)) {
            return new Offer(Agents.WRITING, "Write about this");
        }
        return insight.score() > 0 ? new Offer(Agents.RESEARCH, finding == null ? "Research this" : "Research again") : null;
    }

    /** What a link to a text that was made of it says, such as “Blog post: Why reefs bleach”. */
    public static String name(MadeText text) {
        return StorableText.capitalized(TextPlace.of(text.kind()).one()) + (text.title() == null ? "" : ": " + text.title());
    }

    /** Whose posts it has, such as “@ada, @bruno and 2 others”. */
    public String whose() {
        List<String> shown = insight.authors().stream().limit(SHOWN_AUTHORS).map(author -> "@" + author).toList();
        int others = insight.authors().size() - shown.size();
        return others == 0 ? Figures.listed(shown) : String.join(", ", shown) + " and " + Figures.count(others, "other", "others");
    }

    public String score() {
        return String.format(Locale.ROOT, "%,.1f", insight.score());
    }

    /** The beginning of a post, enough to see what it is about. */
    public RichText text(CollectedPost post) {
        return RichText.of(Ellipsis.after(SHOWN_OF_POST, post.content()));
    }
}

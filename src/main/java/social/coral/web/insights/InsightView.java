package social.coral.web.insights;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import social.coral.content.CollectedPost;
import social.coral.content.Finding;
import social.coral.content.Findings;
import social.coral.content.Insight;
import social.coral.web.frame.Ellipsis;
import social.coral.web.frame.Figures;
import social.coral.web.posts.RichText;

/**
 * A topic as the page shows it.
 *
 * @param finding what was found out about it; null for nothing yet
 */
public record InsightView(Insight insight, @Nullable Finding finding) {

    private static final int SHOWN_AUTHORS = 3;
    private static final int SHOWN_OF_POST = 220;

    static List<InsightView> all(List<Insight> insights, Findings findings) {
        Map<UUID, Finding> found = findings.of(insights.stream().map(Insight::id).toList());
        return insights.stream().map(insight -> new InsightView(insight, found.get(insight.id()))).toList();
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

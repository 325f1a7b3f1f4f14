package social.coral.web.insights;

import java.util.List;
import java.util.Locale;
import social.coral.content.CollectedPost;
import social.coral.content.Insight;
import social.coral.web.frame.Ellipsis;
import social.coral.web.frame.Figures;
import social.coral.web.posts.RichText;

/** A topic as the page shows it. */
public record InsightView(Insight insight) {

    private static final int SHOWN_AUTHORS = 3;
    private static final int SHOWN_OF_POST = 220;

    public static List<InsightView> all(List<Insight> insights) {
        return insights.stream().map(InsightView::new).toList();
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

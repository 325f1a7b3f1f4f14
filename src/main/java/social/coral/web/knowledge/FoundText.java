package social.coral.web.knowledge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.content.Blogs;
import social.coral.content.CollectedPosts;
import social.coral.knowledge.KnowledgeAnswer.Result;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.knowledge.Notes;
import social.coral.web.frame.Address;
import social.coral.web.frame.Figures;
import social.coral.web.posts.RichText;

/**
 * A text that was found.
 *
 * @param by the title of the agent that has noted it; null for what is no note
 * @param best the score of the best match of the search
 * @param search the search that has found it
 */
public record FoundText(Result result, @Nullable String by, double best, Address search) {

    private static final int FULL = 100;

    /** @param titles as {@code Agents.titles} gives them */
    static List<FoundText> all(List<Result> results, Map<String, String> titles, Address search) {
        double best = results.isEmpty() ? 1 : results.getFirst().score();
        return results.stream()
                .map(result -> new FoundText(result, result.kind().equals(Notes.KIND) ? titles.getOrDefault(result.source(), result.source()) : null, best, search))
                .toList();
    }

    public boolean isNote() {
        return by != null;
    }

    public boolean isPost() {
        return result.kind().equals(CollectedPosts.KIND);
    }

    /** What stands in the place of an author where the text is neither a post nor a note. */
    public String title() {
        return result.kind().equals(Blogs.KIND) ? "Your blog post" : "Research";
    }

    /** The text, or the piece of it that fits best, with the words marked that were searched for. */
    public RichText text() {
        return RichText.of(result.text(), result.matches());
    }

    public boolean isImported() {
        return result.source().equals("imported");
    }

    public String how() {
        return "Found by " + String.join(" and ", result.foundBy());
    }

    public boolean isExcerpt() {
        return result.excerpt();
    }

    /** From 0 to 100, which the best match of the search has. Ranks tell nothing of how well a text fits by itself. */
    public int rank() {
        return (int) Math.round(result.score() / best * FULL);
    }

    /** Tells of the texts that are left out beside it; null for none. */
    public @Nullable String alike() {
        return result.alike() == 0 ? null
                : Figures.count(result.alike(), "similar " + word(), "similar " + word() + "s") + " hidden";
    }

    /** What it is called. */
    public String word() {
        return isNote() ? "note" : isPost() ? "post" : "text";
    }

    /** The same search with all that say the same. */
    public String unfolded() {
        return search.with("each", "yes").toString();
    }

    /** The search for what says the same in other words, with the same filters; null where the text has nothing to search for. */
    public @Nullable String moreLikeThis() {
        String question = KnowledgeQuestion.like(result.text());
        return question.isEmpty() ? null : search.with("q", question).with("like", result.id()).with("each", null).toString();
    }

    /** The address of all that there is about a text; notes have none. */
    public String address() {
        return (isPost() ? "/tweets/" : result.kind().equals(Blogs.KIND) ? "/blogs/" : "/insights/") + result.id();
    }

    /** The address of the question whether to forget it. */
    public String forgetting() {
        return KnowledgePage.PATH + (isNote() ? "/notes/" : "/") + result.id() + "/forget";
    }
}

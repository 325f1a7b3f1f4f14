package social.coral.web.knowledge;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.KnowledgeAnswer.Result;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.web.frame.Address;
import social.coral.web.frame.Figures;
import social.coral.web.posts.RichText;

/** A post that was found. */
public record FoundPost(Result result) {

    private static final int FULL_SCORE = 100;

    static List<FoundPost> all(List<Result> results) {
        return results.stream().map(FoundPost::new).toList();
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

    /** From 0 to 100. */
    public int score() {
        return (int) Math.round(result.score() * FULL_SCORE);
    }

    /** Tells of the posts that are left out beside it; null for none. */
    public @Nullable String alike() {
        return result.alike() == 0 ? null
                : "and " + Figures.count(result.alike()) + " more that " + (result.alike() == 1 ? "says" : "say") + " nearly the same";
    }

    /** The search for what says the same in other words; null where the text has nothing to search for. */
    public @Nullable String moreLikeThis() {
        String question = KnowledgeQuestion.like(result.text());
        return question.isEmpty() ? null : Address.of(KnowledgePage.PATH).with("q", question).toString();
    }

    public String address() {
        return "/tweets/" + result.id();
    }
}

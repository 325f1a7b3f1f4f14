package social.coral.web.knowledge;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.KnowledgeAnswer.Result;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.knowledge.Notes;
import social.coral.web.frame.Address;
import social.coral.web.frame.Figures;
import social.coral.web.posts.RichText;

/**
 * A post or a note that was found.
 *
 * @param by the title of the agent that has noted it; null for a post
 */
public record FoundText(Result result, @Nullable String by) {

    private static final int FULL_SCORE = 100;

    /** @param titles as {@code Agents.titles} gives them */
    static List<FoundText> all(List<Result> results, Map<String, String> titles) {
        return results.stream()
                .map(result -> new FoundText(result, result.kind().equals(Notes.KIND) ? titles.getOrDefault(result.source(), result.source()) : null))
                .toList();
    }

    public boolean isNote() {
        return by != null;
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

    /** From 0 to 100. */
    public int score() {
        return (int) Math.round(result.score() * FULL_SCORE);
    }

    /** Tells of the texts that are left out beside it; null for none. */
    public @Nullable String alike() {
        return result.alike() == 0 ? null
                : "and " + Figures.count(result.alike()) + " more that " + (result.alike() == 1 ? "says" : "say") + " the same";
    }

    /** The search for what says the same in other words; null where the text has nothing to search for. */
    public @Nullable String moreLikeThis() {
        String question = KnowledgeQuestion.like(result.text());
        return question.isEmpty() ? null : Address.of(KnowledgePage.PATH).with("q", question).toString();
    }

    /** The address of all that there is about a post. */
    public String address() {
        return "/tweets/" + result.id();
    }

    /** The address of the question whether to forget it. */
    public String forgetting() {
        return KnowledgePage.PATH + (isNote() ? "/notes/" : "/") + result.id() + "/forget";
    }
}

package social.coral.web.texts;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import social.coral.content.Approval;
import social.coral.content.ReviewNote;
import social.coral.content.TextVersion;
import social.coral.content.Writer;

/**
 * The words for who wrote something.
 *
 * @param titles what people call the agents, by name
 */
public record WriterWords(Map<String, String> titles) {

    private static final String EXTRACTS = "extracts";

    /** Who wrote a text, after "written by". */
    public String of(Writer writer) {
        return writer.agent() == null ? "you" : "the agent “" + titled(writer.agent()) + "”" + with(writer.model());
    }

    /** Who wrote a text, without what it was written with. */
    public String author(Writer writer) {
        return writer.agent() == null ? "you" : titled(writer.agent());
    }

    /** Who wrote a version, at the beginning of a sentence. */
    public String of(TextVersion version) {
        return person(version.author()) ? "You" : titled(version.author()) + with(version.model());
    }

    /** Who noted something, at the beginning of a sentence. */
    public String of(ReviewNote note) {
        return person(note.author()) ? "You" : titled(note.author());
    }

    /** Who or what approved, after "approved by". */
    public String of(Approval approval) {
        String rule = approval.rule();
        return rule == null ? person(approval.approvedBy()) ? "you" : approval.approvedBy() : "the rule “" + rule + "”";
    }

    /** Why an approval is no longer valid, before the time since when. */
    public static String voided(Approval approval) {
        Approval.Reason why = approval.voidedWhy();
        return why == null ? "No longer valid" : switch (why) {
            case CHANGED -> "No longer valid: the text was changed";
            case WITHDRAWN -> "It was withdrawn";
            case FAILED -> "No longer valid: publishing failed";
        };
    }

    /** Reports whether the text was put together of sentences that were there before. */
    public static boolean isExtracted(Writer writer) {
        return EXTRACTS.equals(writer.model());
    }

    private String titled(String agent) {
        return titles.getOrDefault(agent, agent);
    }

    private static boolean person(String author) {
        return author.equals("person");
    }

    private static String with(@Nullable String model) {
        return model == null ? "" : model.equals(EXTRACTS) ? ", without a language model" : " with " + model;
    }
}

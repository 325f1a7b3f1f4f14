package social.coral.web.texts;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import social.coral.agents.AgentCard;
import social.coral.agents.Agents;
import social.coral.content.ReviewedText;

/**
 * Who makes the changes that are wanted of a text.
 *
 * @param agent null where only a person does
 * @param words who does it and when, in sentences
 */
public record Reviser(@Nullable String agent, String words) {

    private static final String SEND_AGAIN = " Change the text, then send it to review.";

    /** @param cards the agents by name */
    static Reviser of(ReviewedText text, Function<String, AgentCard> cards) {
        String name = agent(text);
        if (name == null) {
            return new Reviser(null, (text.writtenBy().agent() == null ? "You wrote it, so no agent revises it."
                    : text.writtenBy().unedited() ? "No agent revises a " + TextPlace.of(text.kind()).one() + "."
                    : "You have changed it yourself, so no agent revises it.") + SEND_AGAIN);
        }
        AgentCard card = cards.apply(name);
        String schedule = card.schedule().inWords();
        String when = card.schedule().enabled() ? " (" + schedule.substring(0, 1).toLowerCase(Locale.ROOT) + schedule.substring(1) + ")." : " when it runs.";
        return new Reviser(name, "The agent “" + card.title() + "” revises it" + when
                + (card.keyless() ? " Without a language model, it can only leave out words that a note quotes." : ""));
    }

    /** The agent that makes the changes; null for none. */
    public static @Nullable String agent(ReviewedText text) {
        return text.writtenBy().agent() == null || !text.writtenBy().unedited() ? null : switch (text.kind()) {
            case BLOG -> Agents.WRITING;
            case THREAD -> Agents.THREADS;
            case REPLY -> Agents.REPLIES;
            case TWEET -> null;
        };
    }
}

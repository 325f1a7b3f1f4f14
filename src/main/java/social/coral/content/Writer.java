package social.coral.content;

import org.jspecify.annotations.Nullable;
import social.coral.tenancy.Actor;

/**
 * Who wrote a text.
 *
 * @param agent the name of the agent; null for a person
 * @param model the model that the agent wrote with, or {@code extracts} when it only chose from what was there
 * @param unedited whether no person has edited since what the agent wrote
 */
public record Writer(@Nullable String agent, @Nullable String model, boolean unedited) {

    static final String PERSON = "person";

    /** Returns who does the current work, with this model. */
    static Writer current(@Nullable String model) {
        return Actor.current().agent().map(agent -> new Writer(agent, model, true)).orElseGet(() -> new Writer(null, model, false));
    }

    Writer editedByPerson() {
        return new Writer(agent, model, false);
    }

    /** Returns {@code person} or the name of the agent. */
    String author() {
        return agent == null ? PERSON : agent;
    }
}

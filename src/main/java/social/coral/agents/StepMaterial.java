package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What went into a step of a run and what came out of it, as far as it was kept. */
public record StepMaterial(List<Piece> read, List<Piece> made) {

    static final StepMaterial NONE = new StepMaterial(List.of(), List.of());

    public StepMaterial {
        read = List.copyOf(read);
        made = List.copyOf(made);
    }

    /** Returns what was kept; none where there is nothing, or another version kept it in another form. */
    static StepMaterial of(@Nullable String kept, JsonMapper json) {
        try {
            return kept == null ? NONE : json.readValue(kept, StepMaterial.class);
        } catch (JacksonException e) {
            return NONE;
        }
    }

    /**
     * One thing that was read or made.
     *
     * @param label what it is, such as "Prompt"
     * @param page where the product shows it whole
     * @param cut whether it was longer
     */
    public record Piece(String label, String text, @Nullable String page, boolean cut) {}

    @JsonIgnore
    public boolean isEmpty() {
        return read.isEmpty() && made.isEmpty();
    }
}

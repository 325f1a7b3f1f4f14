package social.coral.agents;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What went into a step of a run and what came out of it, as far as it was kept. */
public record StepMaterial(List<Piece> read, List<Piece> made) {

    static final StepMaterial NONE = new StepMaterial(List.of(), List.of());

    public StepMaterial {
        read = List.copyOf(read);
        made = List.copyOf(made);
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

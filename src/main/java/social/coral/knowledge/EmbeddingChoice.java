package social.coral.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import social.coral.usage.PlanLimits;
import social.coral.vault.ServiceName;

/** The models that a tenant can have its texts embedded by. */
public enum EmbeddingChoice {
    /** Free, and in the process. */
    BUILT_IN("built-in", MiniLmModel.NAME, MiniLmModel.WIDTH),
    OPENAI_SMALL("text-embedding-3-small", "text-embedding-3-small", 1536),
    OPENAI_LARGE("text-embedding-3-large", "text-embedding-3-large", 3072);

    private final String name;
    private final String model;
    private final int width;

    EmbeddingChoice(String name, String model, int width) {
        this.name = name;
        this.model = model;
        this.width = width;
    }

    /** The name of the model, as it is kept with its vectors. */
    public String model() {
        return model;
    }

    int width() {
        return width;
    }

    /** Whether each text and each question costs the tenant something. */
    public boolean isPaid() {
        return this != BUILT_IN;
    }

    /** Throws a 403 {@code plan_limit} if a plan does not include the model. */
    void requireIn(PlanLimits plan) {
        if (isPaid()) {
            plan.requireModel(ServiceName.OPENAI.toString(), "OpenAI", model);
        }
    }

    boolean isOf(Generation generation) {
        return generation.model().equals(model) && generation.width() == width;
    }

    static Optional<EmbeddingChoice> of(Generation generation) {
        return Arrays.stream(values()).filter(choice -> choice.isOf(generation)).findFirst();
    }

    static EmbeddingChoice named(String name) {
        return Arrays.stream(values()).filter(choice -> choice.name.equals(name)).findFirst().orElseThrow();
    }

    @JsonValue
    @Override
    public String toString() {
        return name;
    }
}

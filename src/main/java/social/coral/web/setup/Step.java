package social.coral.web.setup;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The steps of the wizard, in their order. */
public enum Step {
    PROFILE("You"),
    KEYS("Keys"),
    ACCOUNTS("Accounts"),
    REVIEW("Review"),
    FIRST_RUN("First run");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    static Step named(@Nullable String word) {
        return Arrays.stream(values()).filter(step -> step.word().equals(word)).findFirst().orElse(PROFILE);
    }

    public String label() {
        return label;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String address() {
        return "/setup?step=" + word();
    }
}

package social.coral.web.agents;

import org.jspecify.annotations.Nullable;
import social.coral.agents.ModelTrials;
import social.coral.api.Failure;
import social.coral.models.Answer;
import social.coral.web.frame.Figures;

/**
 * A sample of a model.
 *
 * @param text what it wrote; null for none
 * @param note what it cost, or why there is none
 * @param tone of the note
 */
public record TrialView(@Nullable String text, String note, String tone) {

    static final TrialView BROKEN = new TrialView(null, "Something went wrong on our side. Try again.", "bad");

    /** The text of an answer, or why there is none, with what it cost. */
    public static TrialView of(ModelTrials.Result result) {
        String cost = "This sample cost " + Figures.money(result.costMicroUsd()) + ".";
        return switch (result.answer()) {
            case Answer.Text text -> new TrialView(text.text(), cost
                    + (text.details().leftOut().isEmpty() ? "" : " The model does not take the temperature that is set, so it wrote with another."), "info");
            case Answer.Truncated cut -> new TrialView(null, "The model reached its longest answer before it had finished. Allow more tokens, or choose another"
                    + " model. " + cost, "warn");
            case Answer.Refused declined -> new TrialView(null, "The model declined to write the sample. " + cost, "warn");
            case Answer.Empty empty -> new TrialView(null, "The model wrote nothing. " + cost, "warn");
            case Answer.Unfinished broken -> new TrialView(null, "The model stopped, and does not say whether it had finished. Try again. " + cost, "warn");
            case Answer.Json value -> new TrialView(null, "The model wrote something else. " + cost, "warn");
            case Answer.Invalid wrong -> new TrialView(null, "The model wrote something else. " + cost, "warn");
        };
    }

    /** Why there is no sample; a call that failed may have cost something all the same. */
    public static TrialView of(Failure failure) {
        long cost = failure.details().get("cost_micro_usd") instanceof Long spent ? spent : 0;
        return new TrialView(null, failure.sentence() + (cost == 0 ? "" : " The attempt cost " + Figures.money(cost) + "."), "bad");
    }
}

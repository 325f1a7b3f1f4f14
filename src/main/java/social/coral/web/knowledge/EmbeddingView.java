package social.coral.web.knowledge;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.EmbeddingChoice;
import social.coral.knowledge.EmbeddingSettings;
import social.coral.knowledge.EmbeddingState;
import social.coral.web.frame.Figures;
import social.coral.web.frame.Form;
import social.coral.web.frame.Option;

/**
 * The form of the model that finds texts by their meaning.
 *
 * @param progress how far the chosen one is
 * @param waiting why it does not go on; null while it does
 */
public record EmbeddingView(Form fields, List<Option> choices, String progress, @Nullable String waiting) {

    private static final long CENT = 10_000;

    static EmbeddingView of(EmbeddingSettings settings, EmbeddingState state, Form fields) {
        List<Option> choices = Arrays.stream(EmbeddingChoice.values())
                .map(choice -> new Option(choice.toString(), choice.isPaid() ? words(choice) + price(settings.cost(choice)) : "Built-in model (free)")).toList();
        EmbeddingState.Waiting waiting = state.waiting();
        return new EmbeddingView(fields, choices, progress(state), waiting == null ? null : waiting.reason());
    }

    static String words(EmbeddingChoice choice) {
        return choice.isPaid() ? "OpenAI " + choice : "The built-in model";
    }

    private static String price(long costMicroUsd) {
        return costMicroUsd == 0 ? ", with your key" : ", with your key, " + about(costMicroUsd) + " to index your current posts";
    }

    private static String about(long costMicroUsd) {
        return costMicroUsd < CENT ? "less than a cent" : "about " + Figures.money(costMicroUsd);
    }

    private static String progress(EmbeddingState state) {
        EmbeddingChoice answering = state.answering();
        String by = words(state.embeddings());
        if (state.texts() == 0) {
            return "No posts yet.";
        }
        if (state.embedded() >= state.texts()) {
            return by + " has indexed all your posts.";
        }
        if (state.refused() > 0) {
            return by + " has indexed all your posts but " + Figures.count(state.refused()) + ", which OpenAI refuses. You can still find "
                    + (state.refused() == 1 ? "it by its words." : "them by their words.");
        }
        String indexed = by + " has indexed " + Figures.count(state.embedded()) + " of " + Figures.count(state.texts(), "text", "texts") + ".";
        String rest = state.remainingCostMicroUsd() == 0 ? "" : " The rest costs " + about(state.remainingCostMicroUsd()) + ".";
        String continues = state.waiting() == null ? " It continues by itself." : "";
        return indexed + continues + rest + (answering == null || answering == state.embeddings() ? "" : " Until then " + until(answering) + " answers your searches.");
    }

    private static String until(EmbeddingChoice answering) {
        return answering.isPaid() ? words(answering) : "the built-in model";
    }
}

package social.coral.knowledge;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The vectors that one model has made of a tenant's texts.
 *
 * @param number no other ever has it
 * @param embeddedTo the change up to which all pieces have vectors
 * @param complete whether all pieces had vectors once
 * @param chosenAt when its model was chosen last
 * @param pause why its service is not asked for more; null while it is
 */
record Generation(int number, String model, int width, long embeddedTo, boolean complete, Instant chosenAt, @Nullable Pause pause) {

    /** @param reason a sentence for the tenant */
    record Pause(String code, String reason, Instant until) {}

    /** Reports whether the model tells what texts in a language mean; the built-in one knows English, and what is not known may be English. */
    boolean understands(String language) {
        return !model.equals(MiniLmModel.NAME) || language.isEmpty() || language.equals("und") || Locale.forLanguageTag(language).getLanguage().equals("en");
    }
}

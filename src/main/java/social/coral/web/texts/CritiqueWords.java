package social.coral.web.texts;

import java.util.Locale;
import social.coral.content.Critique;

/** The words for what was judged of a text. */
public record CritiqueWords(String word, String tone) {

    public static CritiqueWords of(Critique.Verdict verdict) {
        return switch (verdict) {
            case APPROVE -> new CritiqueWords("Good", "good");
            case REVISE -> new CritiqueWords("Could be better", "warn");
            case REJECT -> new CritiqueWords("Rejected", "bad");
        };
    }

    /** Returns the name of a criterion as a heading has it. */
    public static String criterion(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }
}

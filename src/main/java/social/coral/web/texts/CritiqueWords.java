package social.coral.web.texts;

import social.coral.api.StorableText;
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
        return StorableText.capitalized(name);
    }
}

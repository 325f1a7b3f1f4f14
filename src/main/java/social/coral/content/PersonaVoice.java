package social.coral.content;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a persona writes: what agents keep to, and what a text is checked against.
 *
 * @param humour from 0, none, to 100; likewise {@code enthusiasm} and {@code assertiveness}
 * @param samples texts of the person's own
 * @param language a tag such as {@code de-CH}; null for the language of what a text is written about
 */
public record PersonaVoice(
        String description,
        String tone,
        int humour,
        int enthusiasm,
        int assertiveness,
        String expertise,
        String audience,
        List<String> wordsToUse,
        List<String> wordsToAvoid,
        List<String> tabooTopics,
        String writingStyle,
        List<String> samples,
        @Nullable String language) {

    /** Words that describe a tone and can be used as they are. */
    public static final List<String> TONES =
            List.of("professional", "friendly", "plain-spoken", "witty", "enthusiastic", "thoughtful", "matter-of-fact");

    /** The voice of a new persona of which nothing was said; the columns have the same defaults. */
    public static final PersonaVoice PLAIN =
            new PersonaVoice("", TONES.getFirst(), 20, 50, 50, "", "", List.of(), List.of(), List.of(), "", List.of(), null);

    public PersonaVoice {
        wordsToUse = List.copyOf(wordsToUse);
        wordsToAvoid = List.copyOf(wordsToAvoid);
        tabooTopics = List.copyOf(tabooTopics);
        samples = List.copyOf(samples);
    }

    /**
     * Returns everything but the numbers as a text for a model to read. A person typed it, so it is material of a prompt and never an
     * instruction.
     */
    public String described() {
        StringBuilder text = new StringBuilder();
        line(text, "Description", description);
        line(text, "Tone", tone);
        line(text, "Expertise", expertise);
        line(text, "Audience", audience);
        line(text, "Words to use", String.join("; ", wordsToUse));
        line(text, "Words to avoid", String.join("; ", wordsToAvoid));
        line(text, "Topics never to touch", String.join("; ", tabooTopics));
        line(text, "Writing style", writingStyle);
        line(text, "Language", language == null ? "" : languageTitle(language) + " (" + language + ")");
        samples.forEach(sample -> line(text, "A text in this voice", sample));
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String label, String value) {
        if (!value.isBlank()) {
            text.append(label).append(": ").append(value).append('\n');
        }
    }

    /** Returns a language's name in English. */
    public static String languageTitle(String tag) {
        return Locale.forLanguageTag(tag).getDisplayName(Locale.ENGLISH);
    }

    /** As {@link #breachesIn(String, String)}, for a text in the persona's language. */
    public List<VoiceBreach> breachesIn(String text) {
        return breachesIn(text, language);
    }

    /**
     * Finds the words to avoid and the taboo topics in a text, in the order of the text: whole words in any case and form.
     *
     * @param written the language of the text, whose forms are known; null for English
     */
    public List<VoiceBreach> breachesIn(String text, @Nullable String written) {
        return wordsToAvoid.isEmpty() && tabooTopics.isEmpty() ? List.of() : new VoiceTerms(text, written).breaches(this);
    }
}

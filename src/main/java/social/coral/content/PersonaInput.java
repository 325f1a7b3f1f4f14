package social.coral.content;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;

/**
 * A person's input about a persona. Null leaves a value unchanged, or takes the default in a new one. An empty text or list clears it; of lists,
 * blank items and repetitions are left out.
 */
public record PersonaInput(
        @Nullable String name,
        @Nullable Boolean isDefault,
        @Nullable String description,
        @Nullable String tone,
        @Nullable Integer humour,
        @Nullable Integer enthusiasm,
        @Nullable Integer assertiveness,
        @Nullable String expertise,
        @Nullable String audience,
        @Nullable List<@Nullable String> wordsToUse,
        @Nullable List<@Nullable String> wordsToAvoid,
        @Nullable List<@Nullable String> tabooTopics,
        @Nullable String writingStyle,
        @Nullable List<@Nullable String> samples,
        @Nullable String language) {

    public static final int MAX_NAME = 80;
    public static final int MAX_TONE = 80;
    public static final int MAX_TEXT = 2_000;
    public static final int MAX_LINE = 500;
    public static final int MAX_SAMPLES = 5;
    public static final int MAX_SAMPLE = 3_000;
    static final int MAX_TERMS = 50;
    static final int MAX_TERM = 60;

    /** Makes a persona the default and changes nothing else. */
    public static PersonaInput asDefault() {
        return new PersonaInput(null, true, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** What is stored of a persona. */
    record Checked(String name, boolean isDefault, PersonaVoice voice) {}

    /** Returns the persona after this input. A {@link Failure} names each field that cannot be taken. */
    Checked appliedTo(@Nullable Persona before) {
        PersonaChecks checks = new PersonaChecks();
        if (before == null && name == null) {
            checks.refuse("name", "Enter a name.");
        }
        String named = checks.text("name", name, before == null ? "" : before.name(), 1, MAX_NAME);
        PersonaVoice voice = voice(before == null ? PersonaVoice.PLAIN : before.voice(), checks);
        checks.throwIfRefused();
        return new Checked(named, Optional.ofNullable(isDefault).orElse(before != null && before.isDefault()), voice);
    }

    /** Returns a new persona's voice with this input, whatever its name is. A {@link Failure} names each field that cannot be taken. */
    public PersonaVoice voice() {
        PersonaChecks checks = new PersonaChecks();
        PersonaVoice voice = voice(PersonaVoice.PLAIN, checks);
        checks.throwIfRefused();
        return voice;
    }

    private PersonaVoice voice(PersonaVoice before, PersonaChecks checks) {
        PersonaVoice voice = new PersonaVoice(
                checks.text("description", description, before.description(), 0, MAX_TEXT),
                checks.text("tone", tone, before.tone(), 1, MAX_TONE),
                checks.level("humour", humour, before.humour()),
                checks.level("enthusiasm", enthusiasm, before.enthusiasm()),
                checks.level("assertiveness", assertiveness, before.assertiveness()),
                checks.text("expertise", expertise, before.expertise(), 0, MAX_LINE),
                checks.text("audience", audience, before.audience(), 0, MAX_LINE),
                checks.terms("words_to_use", wordsToUse, before.wordsToUse()),
                checks.terms("words_to_avoid", wordsToAvoid, before.wordsToAvoid()),
                checks.terms("taboo_topics", tabooTopics, before.tabooTopics()),
                checks.text("writing_style", writingStyle, before.writingStyle(), 0, MAX_TEXT),
                checks.samples("samples", samples, before.samples()),
                checks.language("language", language, before.language()));
        requireEitherUsedOrAvoided(voice, checks);
        return voice;
    }

    private void requireEitherUsedOrAvoided(PersonaVoice voice, PersonaChecks checks) {
        List<String> used = voice.wordsToUse().stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        voice.wordsToAvoid().stream().filter(word -> used.contains(word.toLowerCase(Locale.ROOT))).findFirst()
                .ifPresent(word -> checks.refuse(wordsToAvoid == null ? "words_to_use" : "words_to_avoid",
                        "“" + word + "” cannot be both a word to use and a word to avoid."));
    }
}

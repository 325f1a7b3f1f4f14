package social.coral.content;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The same short message in any voice, put together by fixed rules without a language model. It shows what a rule can show, and names
 * what only a model can follow.
 *
 * @param notes what it does not show, in whole sentences
 * @param breaches words to avoid and taboo topics for which the rules have no other words
 */
public record PersonaSample(String text, List<String> notes, List<VoiceBreach> breaches) {

    private static final String USUAL = "en";
    private static final Map<String, Properties> PHRASES = Stream.of(USUAL, "de", "es", "fr").collect(Collectors.toMap(Function.identity(), PersonaSample::read));
    private static final int SOME = 34;
    private static final int MUCH = 67;
    private static final int MOST = 90;
    /** Assertiveness has four steps: from doubt to command. */
    private static final int STEP = 25;
    private static final int MAX_WORDS = 5;

    public PersonaSample {
        notes = List.copyOf(notes);
        breaches = List.copyOf(breaches);
    }

    /** Writes the message in a voice; the same voice always gives the same text. */
    public static PersonaSample of(PersonaVoice voice) {
        String language = language(voice);
        Properties phrases = Objects.requireNonNull(PHRASES.get(language));
        List<String> parts = new ArrayList<>();
        parts.add(phrase(phrases, "tone." + voice.tone().toLowerCase(Locale.ROOT)));
        parts.add(phrase(phrases, voice.enthusiasm() >= MUCH ? "joy" : ""));
        String length = voice.enthusiasm() < SOME ? "long." : voice.enthusiasm() < MUCH ? "medium." : "short.";
        String message = phrase(phrases, length + Math.min(voice.assertiveness() / STEP, 3));
        parts.add(voice.enthusiasm() < MOST ? message : message.replace('.', '!'));
        parts.add(phrase(phrases, voice.humour() >= MUCH ? "aside.2" : voice.humour() >= SOME ? "aside.1" : ""));
        if (!voice.wordsToUse().isEmpty()) {
            parts.add(phrase(phrases, "words").replace("{0}", voice.wordsToUse().stream().limit(MAX_WORDS).collect(Collectors.joining(", "))));
        }
        String text = parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
        return new PersonaSample(text, notes(voice), voice.breachesIn(text, language));
    }

    private static List<String> notes(PersonaVoice voice) {
        List<String> notes = new ArrayList<>();
        String language = voice.language();
        if (language != null && !PHRASES.containsKey(Locale.forLanguageTag(language).getLanguage())) {
            notes.add("The rules know no " + PersonaVoice.languageTitle(language) + ", so this sample is in English.");
        }
        int left = voice.wordsToUse().size() - MAX_WORDS;
        if (left > 0) {
            notes.add("It uses the first " + MAX_WORDS + " of your words.");
        }
        List<String> unseen = new ArrayList<>();
        if (!PersonaVoice.TONES.contains(voice.tone().toLowerCase(Locale.ROOT))) {
            unseen.add("this tone");
        }
        addIf(unseen, "the description", voice.description());
        addIf(unseen, "the expertise", voice.expertise());
        addIf(unseen, "the audience", voice.audience());
        addIf(unseen, "the writing style", voice.writingStyle());
        addIf(unseen, "your own texts", String.join("", voice.samples()));
        if (!unseen.isEmpty()) {
            notes.add("It cannot follow " + String.join(", ", unseen) + ": only a language model can.");
        }
        return notes;
    }

    private static void addIf(List<String> names, String name, String value) {
        if (!value.isBlank()) {
            names.add(name);
        }
    }

    private static String language(PersonaVoice voice) {
        String language = voice.language() == null ? USUAL : Locale.forLanguageTag(voice.language()).getLanguage();
        return PHRASES.containsKey(language) ? language : USUAL;
    }

    private static String phrase(Properties phrases, String key) {
        return phrases.getProperty(key, "");
    }

    private static Properties read(String language) {
        String file = "samples/" + language + ".properties";
        Properties phrases = new Properties();
        try (Reader reader = new InputStreamReader(Objects.requireNonNull(PersonaSample.class.getResourceAsStream(file), file), StandardCharsets.UTF_8)) {
            phrases.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return phrases;
    }
}

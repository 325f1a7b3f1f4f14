package social.coral.web.persona;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.BindParam;
import social.coral.api.Failure;
import social.coral.api.WholeNumber;
import social.coral.content.PersonaInput;
import social.coral.content.PersonaVoice;
import social.coral.web.frame.Form;
import social.coral.web.frame.Option;

/**
 * A persona as it is typed, lists with one item on each line.
 *
 * @param seen the version that the form was filled in for
 * @param id of the persona; empty for a new one
 */
public record PersonaForm(
        @Nullable String name,
        @Nullable String description,
        @Nullable String tone,
        @Nullable String humour,
        @Nullable String enthusiasm,
        @Nullable String assertiveness,
        @Nullable String expertise,
        @Nullable String audience,
        @BindParam("words_to_use") @Nullable String wordsToUse,
        @BindParam("words_to_avoid") @Nullable String wordsToAvoid,
        @BindParam("taboo_topics") @Nullable String tabooTopics,
        @BindParam("writing_style") @Nullable String writingStyle,
        @Nullable String sample1,
        @Nullable String sample2,
        @Nullable String sample3,
        @Nullable String sample4,
        @Nullable String sample5,
        @Nullable String language,
        @Nullable String seen,
        @Nullable String id) {

    private static final List<String> LANGUAGES = List.of("ar", "bg", "ca", "cs", "da", "de", "de-AT", "de-CH", "el", "en", "en-GB", "en-US", "es", "es-MX", "et",
            "fa", "fi", "fr", "fr-CA", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "nb", "nl", "pl", "pt", "pt-BR", "ro", "ru", "sk", "sl", "sr", "sv",
            "th", "tr", "uk", "vi", "zh-Hans", "zh-Hant");

    static PersonaForm of(String name, PersonaVoice voice) {
        List<String> samples = Stream.concat(voice.samples().stream(), Stream.generate(() -> "")).limit(PersonaInput.MAX_SAMPLES).toList();
        return new PersonaForm(name, voice.description(), voice.tone(), "" + voice.humour(), "" + voice.enthusiasm(), "" + voice.assertiveness(), voice.expertise(),
                voice.audience(), lines(voice.wordsToUse()), lines(voice.wordsToAvoid()), lines(voice.tabooTopics()), voice.writingStyle(), samples.get(0), samples.get(1),
                samples.get(2), samples.get(3), samples.get(4), voice.language(), null, null);
    }

    private static String lines(List<String> items) {
        return String.join("\n", items);
    }

    /** Returns what was typed; a field that is not there leaves its value as it is. */
    PersonaInput input() {
        return new PersonaInput(name, null, description, tone, level("humour", humour), level("enthusiasm", enthusiasm), level("assertiveness", assertiveness),
                expertise, audience, items(wordsToUse), items(wordsToAvoid), items(tabooTopics), writingStyle, samples(), language);
    }

    private static @Nullable Integer level(String field, @Nullable String typed) {
        if (typed == null) {
            return null;
        }
        return WholeNumber.of(typed, 0, 100).stream().boxed().findFirst()
                .orElseThrow(() -> Failure.invalid(field, "The " + field + " must be a whole number from 0 to 100."));
    }

    private static @Nullable List<@Nullable String> items(@Nullable String typed) {
        return typed == null ? null : new ArrayList<>(typed.lines().toList());
    }

    private @Nullable List<@Nullable String> samples() {
        return Stream.of(sample1, sample2, sample3, sample4, sample5).allMatch(Objects::isNull) ? null
                : new ArrayList<>(Stream.of(sample1, sample2, sample3, sample4, sample5).map(text -> text == null ? "" : text).toList());
    }

    /** Returns how many fields for texts there are: those that are filled in, and one more. */
    public static int samplesShown(Form form) {
        int filled = IntStream.rangeClosed(1, PersonaInput.MAX_SAMPLES).filter(number -> !form.value("sample" + number).isBlank()).max().orElse(0);
        return Math.min(filled + 1, PersonaInput.MAX_SAMPLES);
    }

    /** Returns the languages to choose from, with the chosen one. */
    public static List<Option> languages(String chosen) {
        List<Option> options = new ArrayList<>(List.of(new Option("", "Same as the posts it is about")));
        Stream.concat(LANGUAGES.stream(), Stream.of(chosen).filter(tag -> !tag.isBlank())).distinct()
                .map(tag -> Map.entry(PersonaVoice.languageTitle(tag), tag)).sorted(Map.Entry.comparingByKey())
                .forEach(language -> options.add(new Option(language.getValue(), language.getKey())));
        return options;
    }
}

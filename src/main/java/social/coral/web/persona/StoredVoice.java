package social.coral.web.persona;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import social.coral.content.PersonaInput;
import social.coral.web.frame.ConcurrentEdit;
import social.coral.web.frame.Form;
import social.coral.web.frame.Option;

/** The fields of a persona under the labels that the page gives them, to compare what was saved with what was typed. */
final class StoredVoice {

    private static final List<Option> FIELDS = Option.list("name", "Name", "tone", "Tone", "humour", "Humour", "enthusiasm", "Enthusiasm",
            "assertiveness", "Assertiveness", "words_to_use", "Words to use", "words_to_avoid", "Words to avoid", "taboo_topics", "Topics never to touch",
            "language", "Language", "description", "Description", "expertise", "Expertise", "audience", "Audience", "writing_style", "Writing style");

    private StoredVoice() {}

    static List<ConcurrentEdit.Stored> of(Form form) {
        Stream<Option> samples = IntStream.rangeClosed(1, PersonaInput.MAX_SAMPLES).mapToObj(number -> new Option("sample" + number, "Text " + number));
        return Stream.concat(FIELDS.stream(), samples)
                .map(field -> ConcurrentEdit.Stored.of(field.label(), form.value(field.value()).replace("\r\n", "\n").strip()))
                .toList();
    }
}

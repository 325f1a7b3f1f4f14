package social.coral.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.knowledge.WordForms;

/** Finds words and topics in a text in any of their forms: whole words, in any case, and one after another where a term has several. */
final class VoiceTerms {

    /** Most drafts without a language of their own are in this one. */
    private static final String USUAL_LANGUAGE = "en";

    private static final int MAX_FOUND = 200;

    private final String text;
    private final String language;
    private final List<WordForms.Word> words;

    VoiceTerms(String text, @Nullable String language) {
        this.text = text;
        this.language = language == null ? USUAL_LANGUAGE : language;
        this.words = WordForms.of(text, this.language);
    }

    /** Returns the places of the terms, in the order of the text; at most 200. */
    List<VoiceBreach> breaches(PersonaVoice voice) {
        return Stream.concat(
                        voice.wordsToAvoid().stream().flatMap(term -> places(VoiceBreach.Kind.WORD_TO_AVOID, term).stream()),
                        voice.tabooTopics().stream().flatMap(term -> places(VoiceBreach.Kind.TABOO_TOPIC, term).stream()))
                .sorted(Comparator.comparingInt(VoiceBreach::start).thenComparing(Comparator.comparingInt(VoiceBreach::end).reversed()))
                .limit(MAX_FOUND)
                .toList();
    }

    private List<VoiceBreach> places(VoiceBreach.Kind kind, String term) {
        List<WordForms.Word> wanted = WordForms.of(term, language);
        List<VoiceBreach> places = new ArrayList<>();
        if (wanted.isEmpty()) {
            // Such as three exclamation marks.
            for (int at = text.indexOf(term); at >= 0 && places.size() < MAX_FOUND; at = text.indexOf(term, at + term.length())) {
                places.add(new VoiceBreach(kind, term, at, at + term.length()));
            }
            return places;
        }
        for (int first = 0; first + wanted.size() <= words.size() && places.size() < MAX_FOUND; first++) {
            if (isAt(first, wanted)) {
                places.add(new VoiceBreach(kind, term, words.get(first).start(), words.get(first + wanted.size() - 1).end()));
            }
        }
        return places;
    }

    private boolean isAt(int first, List<WordForms.Word> wanted) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!words.get(first + i).isFormOf(wanted.get(i))) {
                return false;
            }
        }
        return true;
    }
}

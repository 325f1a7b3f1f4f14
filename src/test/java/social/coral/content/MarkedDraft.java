package social.coral.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The marks of a draft, as tests look for what is not marked. */
public final class MarkedDraft {

    private static final Map<Character, Character> LOOKALIKES = Map.of('о', 'o', 'а', 'a', 'е', 'e', 'і', 'i');

    private MarkedDraft() {}

    /** Returns the marks of a text that rests on these sources alone. */
    public static List<TextMark> of(TextKind kind, @Nullable String title, List<String> parts, List<TextSource> sources, List<String> said) {
        List<String> titles = sources.stream().map(TextSource::title).toList();
        List<String> texts = new ArrayList<>(said);
        texts.addAll(titles);
        return DraftMarks.of(kind, title, parts, sources, new TextBasis(texts, sources.stream().map(TextSource::url).toList(),
                TextMarks.names(titles), List.of()));
    }

    /** Returns what matches in one part of a text as a person reads it, looks alike or not, and is not marked. */
    public static List<String> unmarked(String text, List<TextMark> marks, Pattern hostile) {
        ReadableText readable = new ReadableText(text, true);
        StringBuilder folded = new StringBuilder(readable.text().toLowerCase(Locale.ROOT));
        for (int i = 0; i < folded.length(); i++) {
            folded.setCharAt(i, LOOKALIKES.getOrDefault(folded.charAt(i), folded.charAt(i)));
        }
        return hostile.matcher(folded).results()
                .filter(match -> marks.stream().noneMatch(mark -> mark.start() < readable.end(match.end())
                        && mark.end() > readable.start(match.start())))
                .map(MatchResult::group).toList();
    }
}

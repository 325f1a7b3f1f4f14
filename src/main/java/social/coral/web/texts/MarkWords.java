package social.coral.web.texts;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import social.coral.content.ReviewedText;
import social.coral.content.TextMark;
import social.coral.web.frame.Figures;

/** The words for the places of an agent's text that are in none of its sources. */
public final class MarkWords {

    private MarkWords() {}

    /** What stands at the place. */
    public static String kind(TextMark mark) {
        return switch (mark.kind()) {
            case NUMBER -> "Number";
            case DATE -> "Date";
            case QUOTE -> "Quotation";
            case LINK -> "Link";
            case HANDLE -> "Account";
            case HIDDEN -> "Invisible characters";
        };
    }

    /** Where in a text of so many parts it stands; null where there is only one part. */
    public static @Nullable String place(TextMark mark, int parts) {
        return mark.part() == null ? "Title" : parts > 1 ? "Part " + (mark.part() + 1) : null;
    }

    /** What is said of a text in a list: what it is and how much there is to check; none of what a person wrote. */
    public static List<String> badges(ReviewedText text) {
        List<TextMark> marks = text.marks();
        String unedited = !text.writtenBy().unedited() ? "" : WriterWords.isExtracted(text.writtenBy()) ? "Extracts, not edited"
                : "Written by an agent, not edited";
        String places = text.writtenBy().agent() == null || marks == null || marks.isEmpty() ? "" : Figures.count(marks.size(), "place", "places")
                + " to check";
        return List.of(unedited, places).stream().filter(word -> !word.isEmpty()).toList();
    }

    /** The marks in one part, or in the title. */
    public static List<TextMark> in(List<TextMark> marks, @Nullable Integer part) {
        return marks.stream().filter(mark -> Objects.equals(mark.part(), part)).toList();
    }
}

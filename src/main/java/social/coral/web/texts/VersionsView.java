package social.coral.web.texts;

import java.util.List;
import org.jspecify.annotations.Nullable;
import social.coral.api.Failure;
import social.coral.content.ReviewedText;
import social.coral.content.TextVersion;

/**
 * The versions of a text, and what one of them changed.
 *
 * @param all the newest first
 * @param shown null where no version was kept
 * @param before the version before the one that is shown; null for the first that is kept
 */
public record VersionsView(ReviewedText text, List<TextVersion> all, @Nullable TextVersion shown, @Nullable TextVersion before, WriterWords writers) {

    private static final String BETWEEN_PARTS = "\n\n———\n\n";

    static VersionsView of(ReviewedText text, List<TextVersion> all, @Nullable Integer number, WriterWords writers) {
        if (all.isEmpty()) {
            return new VersionsView(text, all, null, null, writers);
        }
        TextVersion shown = number == null ? all.getFirst()
                : all.stream().filter(version -> version.number() == number).findFirst().orElseThrow(Failure::notFound);
        TextVersion before = all.stream().filter(version -> version.number() < shown.number()).findFirst().orElse(null);
        return new VersionsView(text, all, shown, before, writers);
    }

    public String address() {
        return TextPlace.of(text.kind()).of(text.id());
    }

    /** Reports whether this version is the text as it is. */
    public boolean isPresent(TextVersion version) {
        return version.equals(all.getFirst());
    }

    /** What the version that is shown changed, or all of it for the first. */
    public List<WordDifference.Stretch> difference() {
        return shown == null ? List.of() : WordDifference.between(before == null ? words(shown) : words(before), words(shown));
    }

    private static String words(TextVersion version) {
        return (version.title() == null ? "" : version.title() + "\n\n") + String.join(BETWEEN_PARTS, version.parts());
    }
}

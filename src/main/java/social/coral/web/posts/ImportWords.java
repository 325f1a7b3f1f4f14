package social.coral.web.posts;

import org.jspecify.annotations.Nullable;
import social.coral.imports.Ending;
import social.coral.imports.ImportResult;
import social.coral.imports.PastImport;
import social.coral.web.frame.Figures;

/** The words for how an import ended. */
public record ImportWords(String word, @Nullable String tone, @Nullable String detail) {

    /** Returns the result of an import in a line. */
    public static String headline(ImportResult result) {
        String corrected = Figures.count(result.corrected(), "post", "posts") + " corrected";
        return result.imported() == 0 ? result.corrected() == 0 ? "No new posts" : "No new posts, " + corrected
                : Figures.count(result.imported(), "post", "posts") + " imported" + (result.corrected() == 0 ? "" : ", " + Figures.count(result.corrected()) + " corrected");
    }

    /** Returns the words; null for an import that read everything. */
    public static @Nullable ImportWords of(PastImport one, boolean running) {
        if (one.removed() != null) {
            return new ImportWords("Being undone", "warn", Figures.count(one.removed(), "post", "posts") + " removed so far.");
        }
        if (running) {
            return new ImportWords("Running", "info", null);
        }
        if (one.endedAt() == null) {
            return new ImportWords("Not finished", "warn", "Interrupted, or running on another server.");
        }
        return switch (one.ending()) {
            case null -> null;
            case COMPLETE -> one.rejectedCount() > 0 && one.imported() + one.corrected() + one.skipped() + one.leftOut() == 0
                    ? new ImportWords("Nothing imported", "warn", null) : null;
            case STOPPED -> new ImportWords(Ending.STOPPED.title(), null, "You stopped it after " + Figures.count(one.imported(), "post", "posts") + ".");
            case UNREADABLE, FAILED -> new ImportWords(one.ending().title(), "warn", one.reason());
        };
    }
}

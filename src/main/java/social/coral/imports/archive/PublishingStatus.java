package social.coral.imports.archive;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import social.coral.api.StorableText;

/** What a program that plans posts says of one: whether it was published and is still there. */
enum PublishingStatus {
    PUBLISHED("published", "publish", "sent", "posted", "tweeted", "shared", "success", "successful", "succeeded", "live", "complete", "completed", "done", "delivered",
            "finished", "public", "on x", "ok", "veröffentlicht", "gesendet", "publié", "publiée", "envoyé", "publicado", "enviado", "publicada", "pubblicato", "verzonden",
            "gepubliceerd",
            // Of our own collected posts.
            "processed", "unprocessed"),
    /** Was never public, or is gone. */
    NOT_ON_X("draft", "drafts", "in draft", "scheduled", "queue", "queued", "in queue", "pending", "paused", "failed", "failure", "error", "errored", "rejected", "declined", "denied",
            "cancelled", "canceled", "aborted", "in review", "review", "pending review", "needs review", "changes wanted", "changes requested", "approval", "approved", "unapproved",
            "needs approval", "pending approval", "awaiting approval", "waiting for approval", "waiting for review", "sent for approval", "idea", "to do", "todo", "in progress",
            "processing", "publishing", "sending", "waiting", "upcoming", "planned", "not published", "unpublished", "not sent", "unsent", "not posted", "not started", "needs attention", "missed", "skipped", "blocked",
            "on hold", "hold", "expired", "private", "hidden", "archived", "archive", "trash", "trashed", "deleted", "removed", "withdrawn", "taken down", "inactive", "incomplete",
            "entwurf", "geplant", "fehlgeschlagen", "gelöscht", "brouillon", "programmé", "programmée", "supprimé", "échoué", "borrador", "programado", "eliminado", "fallido",
            "rascunho", "agendado", "bozza", "programmato", "concept", "ingepland"),
    UNKNOWN;

    private static final int MAX_LENGTH = 100;
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}]+");
    /** After these, programs say when, where or why. */
    private static final Pattern REASON = Pattern.compile("(?:(failed|failure|error|rejected|scheduled|deleted|draft) .*|(published|posted|sent) (?:on|at|to|via|successfully).*)");

    private final Set<String> words;

    PublishingStatus(String... words) {
        this.words = Set.of(words);
    }

    /** Hands on a row if nothing says that its post is not on X. */
    static void handOn(PostRow row, PostSink sink) {
        String status = row.value(PostField.STATUS);
        switch (status == null ? PUBLISHED : of(status)) {
            case PUBLISHED -> sink.post(row);
            case NOT_ON_X -> sink.notOnX(row.place(), status == null ? "" : status);
            case UNKNOWN -> sink.rejected(row.place(), "The status “" + StorableText.truncate(String.valueOf(status).strip(), 40)
                    + "” does not tell whether the post was published. Write Published or Draft there, or rename the column.");
        }
    }

    static PublishingStatus of(String cell) {
        String words = NO_LETTERS.matcher(cell.substring(0, Math.min(cell.length(), MAX_LENGTH)).toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
        PublishingStatus whole = known(words);
        if (whole != UNKNOWN) {
            return whole;
        }
        Matcher reason = REASON.matcher(words);
        return !reason.matches() ? UNKNOWN : reason.group(1) == null ? PUBLISHED : NOT_ON_X;
    }

    private static PublishingStatus known(String words) {
        return PUBLISHED.words.contains(words) ? PUBLISHED : NOT_ON_X.words.contains(words) ? NOT_ON_X : UNKNOWN;
    }
}

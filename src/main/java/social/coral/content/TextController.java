package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import social.coral.api.Failure;
import social.coral.api.Page;
import tools.jackson.databind.JsonNode;

/** The routes that all kinds of text have which pass review. */
abstract class TextController<T extends ReviewedText> {

    static final String STEPS = """
            Steps that a person may take: draft to in_review, or to scheduled if a person wrote it, which approves it; \
            in_review to approved, changes_wanted, rejected or draft; changes_wanted to in_review or draft; \
            approved to scheduled (with a time in the future) or draft; scheduled to approved or draft; rejected and failed to draft. \
            Any other is 409 `illegal_transition` with `from` and `to`. \
            An approval is of exactly these words: new ones make a draft again of what was approved, scheduled, rejected or failed; a step given with them starts from there. \
            What is publishing or published cannot be changed: 409 `not_editable`. \
            With `seen`, the `updated_at` that was read, a change of what somebody else has changed since is 409 `changed_meanwhile`.""";
    static final String TIME = "An ISO-8601 time with its offset, in the future";
    static final String ZONE = "The IANA zone in which the time was chosen; the profile's when not given";
    static final String WORDS = "`q` finds words and quoted phrases; a minus before one leaves out what has it.";
    static final String SEEN = "The updated_at that was read";

    record VersionList(List<TextVersion> versions) {}

    record ApprovalList(List<Approval> approvals) {}

    record ReviewNoteList(List<ReviewNote> notes) {}

    record OneReviewNote(ReviewNote note) {}

    record Restoring(@Schema(format = "date-time", description = SEEN) @Nullable String seen) {}

    private final ReviewedTexts<T> texts;

    TextController(ReviewedTexts<T> texts) {
        this.texts = texts;
    }

    List<T> listed(@Nullable String status, @Nullable String q, Page page) {
        return texts.list(status == null || status.isBlank() ? null : PostStatus.of("status", status), q == null ? "" : q, page);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a text, with its versions and notes", description = "While it is being published: 409 `not_editable`.")
    void delete(@PathVariable UUID id) {
        texts.delete(id);
    }

    @GetMapping("/{id}/versions")
    @Operation(summary = "Lists the versions of a text, the newest first", description = """
            The last 50 are kept. `author` is `person` or the name of an agent, `model` what the agent wrote with; \
            `parts` are all parts of a thread, and the one text of the others.""")
    VersionList versions(@PathVariable UUID id, Page page) {
        return new VersionList(texts.versions(id, page));
    }

    @GetMapping("/{id}/approvals")
    @Operation(summary = "Lists who or what approved a text, the newest first", description = """
            The last 20 are kept, each with exactly what was approved. `approved_by` is `person`, or `rule` and the name of the rule. An approval whose \
            `voided_at` is given counts no more; `voided_why` says why.""")
    ApprovalList approvals(@PathVariable UUID id, Page page) {
        return new ApprovalList(texts.approvals(id, page));
    }

    @GetMapping("/{id}/notes")
    @Operation(summary = "Lists what somebody wants changed in a text, the newest first", description = """
            `version` is the one that the note is about, `quote` the words that it is about, and `answered_by` the version that answered it.""")
    ReviewNoteList notes(@PathVariable UUID id, Page page) {
        return new ReviewNoteList(texts.notes(id, page));
    }

    @PostMapping("/{id}/notes")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Notes what should be changed in a text", description = """
            To send the text back for it, move its status to `changes_wanted`. The next version of the agent that wrote it answers the note.""")
    OneReviewNote note(@PathVariable UUID id, @RequestBody NoteInput body) {
        return new OneReviewNote(texts.note(id, body));
    }

    static @Nullable String clearable(String field, @Nullable JsonNode given) {
        if (given == null) {
            return null;
        }
        if (!given.isString() && !given.isNull()) {
            throw Failure.wrongType(field);
        }
        return given.isNull() ? "" : given.stringValue();
    }

    static @Nullable Instant seen(@Nullable String given) {
        try {
            return given == null ? null : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw Failure.invalid("seen", "\"seen\" must be an updated_at that was read.");
        }
    }

    /** Text that clears nothing: null and left out are the same. */
    static @Nullable List<String> one(@Nullable String content) {
        return content == null ? null : List.of(content);
    }
}

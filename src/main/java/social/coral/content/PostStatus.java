package social.coral.content;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import social.coral.api.Choice;
import social.coral.api.Failure;

/**
 * The status of a text between draft and published, and the steps that a person and an agent may take. Only publishing sets
 * {@code publishing}, {@code published} and {@code failed}. The database knows the same steps ({@code public.move_text}) and takes no other.
 */
public enum PostStatus {
    DRAFT("A draft", "go back to draft"),
    IN_REVIEW("A %s in review", "be sent to review"),
    CHANGES_WANTED("A %s that was sent back for changes", "be sent back for changes"),
    APPROVED("An approved %s", "be approved"),
    REJECTED("A rejected %s", "be rejected"),
    SCHEDULED("A scheduled %s", "be scheduled"),
    PUBLISHING("A %s that is being published", "be published yet"),
    PUBLISHED("A published %s", "be published yet"),
    FAILED("A %s that could not be published", "be marked as failed");

    private final String text;
    private final String step;

    /**
     * @param text a text in this status, at the beginning of a sentence
     * @param step what happens to a text that gets this status, after "it can"
     */
    PostStatus(String text, String step) {
        this.text = text;
        this.step = step;
    }

    /** The statuses to which a person may move what they wrote from this one. Scheduling a draft approves it. */
    public Set<PostStatus> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(IN_REVIEW, SCHEDULED);
            case IN_REVIEW -> EnumSet.of(APPROVED, CHANGES_WANTED, REJECTED, DRAFT);
            case CHANGES_WANTED -> EnumSet.of(IN_REVIEW, DRAFT);
            case APPROVED -> EnumSet.of(SCHEDULED, DRAFT);
            case REJECTED, FAILED -> EnumSet.of(DRAFT);
            case SCHEDULED -> EnumSet.of(APPROVED, DRAFT);
            case PUBLISHING, PUBLISHED -> EnumSet.noneOf(PostStatus.class);
        };
    }

    /** The statuses to which an agent may move what an agent wrote from this one. None approves. */
    Set<PostStatus> nextByAgent() {
        return switch (this) {
            case DRAFT -> EnumSet.of(IN_REVIEW, CHANGES_WANTED, REJECTED);
            case IN_REVIEW -> EnumSet.of(CHANGES_WANTED, REJECTED);
            case CHANGES_WANTED -> EnumSet.of(IN_REVIEW, REJECTED);
            default -> EnumSet.noneOf(PostStatus.class);
        };
    }

    /** Returns the wanted status if it is the same or one of these. */
    PostStatus to(PostStatus wanted, Set<PostStatus> next, TextKind kind) {
        if (wanted != this && !next.contains(wanted)) {
            String what = text.formatted(kind.noun());
            throw Failure.conflict("illegal_transition", next.isEmpty()
                            ? what + " stays as it is."
                            : what + " cannot " + wanted.step + "; it can " + next.stream().map(each -> each.step).collect(Collectors.joining(" or ")) + ".")
                    .at("status")
                    .with("from", this)
                    .with("to", wanted);
        }
        return wanted;
    }

    /** Reports whether the text can still be changed. */
    public boolean isEditable() {
        return this != PUBLISHING && this != PUBLISHED;
    }

    /** Reports whether the text is bound for X, and so must not be longer than X accepts. */
    public boolean mustFit() {
        return this == IN_REVIEW || this == APPROVED || this == SCHEDULED;
    }

    /** The status after the text was changed: what was approved, rejected or failed becomes a draft again. */
    public PostStatus afterEdit() {
        return switch (this) {
            case APPROVED, SCHEDULED, REJECTED, FAILED -> DRAFT;
            default -> this;
        };
    }

    /** Returns what is done, in an action of the audit, to a text that gets this status after that one. */
    String auditVerb(PostStatus before) {
        return switch (this) {
            case DRAFT -> "withdrawn";
            case IN_REVIEW -> "submitted";
            case CHANGES_WANTED -> "returned";
            case APPROVED -> before == SCHEDULED ? "unscheduled" : "approved";
            case REJECTED -> "rejected";
            case SCHEDULED -> "scheduled";
            case PUBLISHING, PUBLISHED, FAILED -> throw new IllegalStateException("only publishing sets " + this);
        };
    }

    /** Parses a status given in this field. */
    public static PostStatus of(String field, String name) {
        return Choice.of(field, "status", name, List.of(values()));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

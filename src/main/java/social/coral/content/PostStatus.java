package social.coral.content;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import social.coral.api.Choice;
import social.coral.api.Failure;

/**
 * The status of a post between draft and published, and the transitions a person may make. Only publishing sets
 * {@code publishing}, {@code published} and {@code failed}.
 */
public enum PostStatus {
    DRAFT("A draft", "go back to draft"),
    IN_REVIEW("A post in review", "be sent to review"),
    CHANGES_WANTED("A post that was sent back for changes", "be sent back for changes"),
    APPROVED("An approved post", "be approved"),
    REJECTED("A rejected post", "be rejected"),
    SCHEDULED("A scheduled post", "be scheduled"),
    PUBLISHING("A post that is being published", "be published yet"),
    PUBLISHED("A published post", "be published yet"),
    FAILED("A post that could not be published", "be marked as failed");

    private final String post;
    private final String step;

    /**
     * @param post a post in this status, at the beginning of a sentence
     * @param step what happens to a post that gets this status, after "it can"
     */
    PostStatus(String post, String step) {
        this.post = post;
        this.step = step;
    }

    /** The statuses to which a person may move it from this one. */
    public Set<PostStatus> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(IN_REVIEW);
            case IN_REVIEW -> EnumSet.of(APPROVED, CHANGES_WANTED, REJECTED, DRAFT);
            case CHANGES_WANTED -> EnumSet.of(IN_REVIEW, DRAFT);
            case APPROVED -> EnumSet.of(SCHEDULED, DRAFT);
            case REJECTED, FAILED -> EnumSet.of(DRAFT);
            case SCHEDULED -> EnumSet.of(APPROVED, DRAFT);
            case PUBLISHING, PUBLISHED -> EnumSet.noneOf(PostStatus.class);
        };
    }

    /** Returns the wanted status if it is the same or a transition that a person may make. */
    PostStatus to(PostStatus wanted) {
        if (wanted != this && !next().contains(wanted)) {
            throw Failure.conflict("illegal_transition", next().isEmpty()
                            ? post + " stays as it is."
                            : post + " cannot " + wanted.step + "; it can " + next().stream().map(next -> next.step).collect(Collectors.joining(" or ")) + ".")
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

    /** The status after the text was changed: an approved, rejected or failed post becomes a draft again. */
    public PostStatus afterEdit() {
        return switch (this) {
            case APPROVED, SCHEDULED, REJECTED, FAILED -> DRAFT;
            default -> this;
        };
    }

    /** Returns the action of the audit for a post that gets this status after that one. */
    String auditAction(PostStatus before) {
        return switch (this) {
            case DRAFT -> "post.withdrawn";
            case IN_REVIEW -> "post.submitted";
            case CHANGES_WANTED -> "post.returned";
            case APPROVED -> before == SCHEDULED ? "post.unscheduled" : "post.approved";
            case REJECTED -> "post.rejected";
            case SCHEDULED -> "post.scheduled";
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

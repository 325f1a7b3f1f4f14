package social.coral.content;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import social.coral.api.Failure;

/**
 * Where a text stands on its way from draft to published, and which steps a person may take. {@code publishing},
 * {@code published} and {@code failed} come from publishing alone.
 */
public enum PostStatus {
    DRAFT,
    IN_REVIEW,
    CHANGES_WANTED,
    APPROVED,
    REJECTED,
    SCHEDULED,
    PUBLISHING,
    PUBLISHED,
    FAILED;

    private static final Map<String, PostStatus> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(PostStatus::toString, Function.identity()));

    /** The statuses that a person may move it to from here. */
    public Set<PostStatus> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(IN_REVIEW);
            case IN_REVIEW -> EnumSet.of(APPROVED, CHANGES_WANTED, REJECTED);
            case CHANGES_WANTED -> EnumSet.of(IN_REVIEW, DRAFT);
            case APPROVED -> EnumSet.of(SCHEDULED, DRAFT);
            case REJECTED, FAILED -> EnumSet.of(DRAFT);
            case SCHEDULED -> EnumSet.of(APPROVED, DRAFT);
            case PUBLISHING, PUBLISHED -> EnumSet.noneOf(PostStatus.class);
        };
    }

    /** The same status, or the next one if a person may take that step. */
    PostStatus to(PostStatus wanted) {
        if (wanted != this && !next().contains(wanted)) {
            throw Failure.conflict("illegal_transition", next().isEmpty()
                    ? "What is " + this + " stays as it is, and cannot become " + wanted + "."
                    : "What is " + this + " cannot become " + wanted + "; it can become " + names(next()) + ".")
                    .with("from", this)
                    .with("to", wanted);
        }
        return wanted;
    }

    /** Whether the words can still be changed. */
    public boolean isEditable() {
        return this != PUBLISHING && this != PUBLISHED;
    }

    /** Whether its words are on their way to X, and so must not be longer than X takes. */
    boolean mustFit() {
        return this == IN_REVIEW || this == APPROVED || this == SCHEDULED;
    }

    /** The status after its words were changed: what somebody judged, or what failed, is a draft again. */
    PostStatus afterEdit() {
        return switch (this) {
            case APPROVED, SCHEDULED, REJECTED, FAILED -> DRAFT;
            default -> this;
        };
    }

    /** Reads a name that came in the given field. */
    public static PostStatus of(String field, String name) {
        PostStatus status = BY_NAME.get(name);
        if (status == null) {
            throw Failure.invalid(field, "The status must be one of " + names(EnumSet.allOf(PostStatus.class)) + ".");
        }
        return status;
    }

    private static String names(Set<PostStatus> statuses) {
        return statuses.stream().map(PostStatus::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

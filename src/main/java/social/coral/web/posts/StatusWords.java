package social.coral.web.posts;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import social.coral.content.PostLimit;
import social.coral.content.PostStatus;
import social.coral.content.ReviewedText;
import social.coral.web.frame.Option;

/** The words for the status of a text. */
public record StatusWords(String word, String tone) {

    public static StatusWords of(PostStatus status) {
        return switch (status) {
            case DRAFT -> new StatusWords("Draft", "plain");
            case IN_REVIEW -> new StatusWords("In review", "info");
            case CHANGES_WANTED -> new StatusWords("Changes wanted", "warn");
            case APPROVED -> new StatusWords("Approved", "good");
            case REJECTED -> new StatusWords("Rejected", "bad");
            case SCHEDULED -> new StatusWords("Scheduled", "info");
            case PUBLISHING -> new StatusWords("Publishing", "info");
            case PUBLISHED -> new StatusWords("Published", "good");
            case FAILED -> new StatusWords("Failed", "bad");
        };
    }

    /** Confirms that a text now has this status. */
    public static String moved(PostStatus to) {
        return switch (to) {
            case DRAFT -> "Back to draft.";
            case IN_REVIEW -> "Sent to review.";
            default -> of(to).word() + ".";
        };
    }

    /** Returns the steps that a person can take on the page of a text, each with the words of its button. One that is too long for X stays a draft. */
    public static List<Option> moves(ReviewedText text, PostLimit limit) {
        PostStatus from = text.status();
        Map<PostStatus, String> verbs = new LinkedHashMap<>();
        verbs.put(PostStatus.APPROVED, from == PostStatus.SCHEDULED ? "Unschedule" : "Approve");
        verbs.put(PostStatus.IN_REVIEW, "Send to review");
        verbs.put(PostStatus.DRAFT, from == PostStatus.APPROVED || from == PostStatus.SCHEDULED ? "Withdraw" : "Back to draft");
        verbs.put(PostStatus.REJECTED, "Reject");
        verbs.keySet().retainAll(text.next());
        verbs.keySet().removeIf(next -> next.mustFit() && !limit.fits(text));
        return verbs.entrySet().stream().map(move -> new Option(move.getKey().toString(), move.getValue())).toList();
    }

    /** Says, before the time that a text has, what will be then: nothing, unless it is scheduled. */
    public static String plan(ReviewedText text, Instant now) {
        Instant time = text.scheduledFor();
        return text.status() != PostStatus.SCHEDULED ? "planned for" : time == null || time.isAfter(now) ? "scheduled for" : "was due";
    }

    /** The statuses to choose from: those that some text has, drafts, and the one that is chosen already. */
    public static List<Option> options(List<PostStatus> present, String chosen) {
        return Arrays.stream(PostStatus.values())
                .filter(status -> status == PostStatus.DRAFT || present.contains(status) || status.toString().equals(chosen))
                .map(status -> new Option(status.toString(), of(status).word()))
                .toList();
    }
}

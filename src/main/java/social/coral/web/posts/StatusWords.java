package social.coral.web.posts;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import social.coral.content.PostStatus;
import social.coral.content.PostText;
import social.coral.content.Tweet;
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

    /** Confirms that a post now has this status. */
    static String moved(PostStatus to) {
        return switch (to) {
            case DRAFT -> "Back to draft.";
            case IN_REVIEW -> "Sent to review.";
            default -> of(to).word() + ".";
        };
    }

    /** Returns the steps that a person can take on the page of a post, each with the words of its button. One that is too long stays a draft. */
    public static List<Option> moves(Tweet post) {
        PostStatus from = post.status();
        Map<PostStatus, String> verbs = new LinkedHashMap<>();
        verbs.put(PostStatus.APPROVED, from == PostStatus.SCHEDULED ? "Unschedule" : "Approve");
        verbs.put(PostStatus.IN_REVIEW, "Send to review");
        verbs.put(PostStatus.DRAFT, "Back to draft");
        verbs.put(PostStatus.REJECTED, "Reject");
        verbs.keySet().retainAll(post.next());
        verbs.keySet().removeIf(next -> next.mustFit() && PostText.tooMany(post.content()) > 0);
        return verbs.entrySet().stream().map(move -> new Option(move.getKey().toString(), move.getValue())).toList();
    }

    /** The statuses to choose from: those that some text has, drafts, and the one that is chosen already. */
    static List<Option> options(List<PostStatus> present, String chosen) {
        return Arrays.stream(PostStatus.values())
                .filter(status -> status == PostStatus.DRAFT || present.contains(status) || status.toString().equals(chosen))
                .map(status -> new Option(status.toString(), of(status).word()))
                .toList();
    }
}

package social.coral.web.posts;

import java.util.Arrays;
import java.util.List;
import social.coral.content.PostStatus;
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

    /** The statuses to choose from: those that some text has, drafts, and the one that is chosen already. */
    static List<Option> options(List<PostStatus> present, String chosen) {
        return Arrays.stream(PostStatus.values())
                .filter(status -> status == PostStatus.DRAFT || present.contains(status) || status.toString().equals(chosen))
                .map(status -> new Option(status.toString(), of(status).word()))
                .toList();
    }
}

package social.coral.web.posts;

import social.coral.content.PostStatus;

/** How the status of a text is told. */
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
}

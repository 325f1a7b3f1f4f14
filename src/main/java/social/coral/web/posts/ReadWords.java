package social.coral.web.posts;

import java.util.Arrays;
import java.util.List;
import social.coral.content.CollectedPost;
import social.coral.web.frame.Option;

/** The words for whether agents have read a collected post. */
public record ReadWords(String word, String meaning) {

    public static ReadWords of(CollectedPost.Status status) {
        return switch (status) {
            case UNPROCESSED -> new ReadWords("Unread by agents", "No agent that looks for topics has read this post yet.");
            case PROCESSED -> new ReadWords("Read by agents", "An agent has read this post while looking for topics.");
        };
    }

    public static List<Option> options() {
        return Arrays.stream(CollectedPost.Status.values()).map(status -> new Option(status.toString(), of(status).word())).toList();
    }
}

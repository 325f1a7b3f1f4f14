package social.coral.web.posts;

import social.coral.content.CollectedPost;

/** How it is told whether agents have read a collected post. */
public record ReadWords(String word, String meaning) {

    public static ReadWords of(CollectedPost.Status status) {
        return switch (status) {
            case UNPROCESSED -> new ReadWords("Not read by agents yet", "No agent that looks for topics has read this post yet.");
            case PROCESSED -> new ReadWords("Read by agents", "An agent has read this post while it looked for topics.");
        };
    }
}

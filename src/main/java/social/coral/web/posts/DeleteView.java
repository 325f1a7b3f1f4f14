package social.coral.web.posts;

import social.coral.content.Tweet;

/** The question before a post is deleted. */
public record DeleteView(Tweet tweet) {

    public StatusWords status() {
        return StatusWords.of(tweet.status());
    }
}

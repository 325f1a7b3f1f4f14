package social.coral.web.posts;

import social.coral.content.Tweet;

/** The page of one of the tenant's own posts. */
public record EditView(Tweet tweet, ComposerView composer) {

    public StatusWords status() {
        return StatusWords.of(tweet.status());
    }
}

package social.coral.web.posts;

import social.coral.content.CollectedPost;

/** One collected post with all of its text. */
public record CollectedPostView(CollectedPost post, FilterOptions stock) {}

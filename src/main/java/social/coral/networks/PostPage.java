package social.coral.networks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of posts, newest first.
 *
 * @param nextToken the token of the next (older) page, or null when this is the last
 * @param newestId the id of the newest post on this page, or null when it is empty
 */
public record PostPage(List<Post> posts, @Nullable String nextToken, @Nullable String newestId) {}

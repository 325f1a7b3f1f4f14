package social.coral.networks;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** A social network as one tenant's credentials see it. Every method may throw a {@link social.coral.services.ServiceFault}. */
public interface SocialNetwork {

    /** The most ids that one call takes. */
    int MAX_IDS = 100;

    /** Which one it is; posts are stored under its name. */
    Network network();

    /** One account by its handle. */
    NetworkUser user(String handle);

    /** A page of what an account wrote, newest first, without reposts. */
    PostPage postsOf(String userId, String handle, PostQuery query);

    /** The counts of posts by their ids, 1 to {@link #MAX_IDS}; an id that no longer exists is missing from the answer. */
    default Map<String, PostCounts> counts(Collection<String> ids) {
        return counted(ids).posts().entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, post -> post.getValue().counts()));
    }

    /** All that is counted of posts by their ids, 1 to {@link #MAX_IDS}, and which of them no longer exist; of others that are missing nothing is known. */
    CountedPosts counted(Collection<String> ids);
}

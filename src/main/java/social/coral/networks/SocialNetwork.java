package social.coral.networks;

import java.util.Collection;
import java.util.Map;

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
    Map<String, PostCounts> counts(Collection<String> ids);
}

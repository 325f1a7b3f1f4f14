package social.coral.networks;

import java.util.Collection;
import java.util.List;

/** A social network as one tenant's credentials see it. Every method may throw a {@link NetworkFault}. */
public interface SocialNetwork {

    /** The most handles or ids that one call takes. */
    int MOST_AT_ONCE = 100;

    /** The name under which posts of this network are stored: {@code x} or {@code sandbox}. */
    String name();

    /** One account by its handle. */
    NetworkUser user(String handle);

    /** Several accounts, 1 to 100 handles; those that cannot be read do not hold up the others. */
    UserLookup users(Collection<String> handles);

    /** A page of what an account wrote, newest first; what it merely passed on is left out. */
    PostPage postsOf(String userId, PostQuery query);

    /** Posts by their ids, 1 to 100; an id that no longer exists is missing from the answer. */
    List<Post> posts(Collection<String> ids);
}

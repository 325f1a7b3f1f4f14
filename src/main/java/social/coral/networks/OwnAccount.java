package social.coral.networks;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/** A social network as the account sees it that a tenant's keys act as. Every method may throw a {@link social.coral.services.ServiceFault}. */
public interface OwnAccount {

    /** The most ids that one call takes. */
    int MAX_IDS = 100;

    /** Which network it is; posts are stored under its name. */
    Network network();

    /** Names the keys without telling them: as long as the name is the same, they act as the same account. */
    String keys();

    /** Whose account it is. */
    NetworkUser me();

    /** A page of the posts that mention the account, newest first, without reposts. */
    MentionPage mentions(NetworkUser me, PostQuery query);

    /** Posts of anybody by their ids, 1 to {@link #MAX_IDS}. */
    Found posts(Collection<String> ids);

    /**
     * What was found of the posts that were asked for; what is in neither no longer exists.
     *
     * @param closed those that exist and are not shown to this account, because their author protects them or has blocked it
     */
    record Found(Map<String, AuthoredPost> posts, Set<String> closed) {

        public Found {
            posts = Map.copyOf(posts);
            closed = Set.copyOf(closed);
        }
    }
}

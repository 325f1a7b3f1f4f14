package social.coral.agents;

import java.util.Collection;
import java.util.List;
import social.coral.jobs.Turn;
import social.coral.networks.NetworkUser;
import social.coral.networks.Post;
import social.coral.networks.PostPage;
import social.coral.networks.PostQuery;
import social.coral.networks.SocialNetwork;
import social.coral.networks.UserLookup;

/** A network whose calls let others work while they wait for its answer. */
record NetworkOutside(SocialNetwork network, Turn turn) implements SocialNetwork {

    @Override
    public String name() {
        return network.name();
    }

    @Override
    public NetworkUser user(String handle) {
        return turn.outside(() -> network.user(handle));
    }

    @Override
    public UserLookup users(Collection<String> handles) {
        return turn.outside(() -> network.users(handles));
    }

    @Override
    public PostPage postsOf(String userId, PostQuery query) {
        return turn.outside(() -> network.postsOf(userId, query));
    }

    @Override
    public List<Post> posts(Collection<String> ids) {
        return turn.outside(() -> network.posts(ids));
    }
}

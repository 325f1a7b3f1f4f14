package social.coral.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import social.coral.services.ServiceFault;

/** What every network that speaks X API v2 does, be it X or the sandbox. */
abstract class SocialNetworkContract {

    /** The network with a good key, or with one that it does not accept. */
    abstract SocialNetwork network(boolean goodKey);

    /** Handles of accounts in each state. */
    static final String KNOWN = "reef_notes";
    static final String UNKNOWN = "nobody_at_all";
    static final String PROTECTED = "quiet_garden";
    static final String SUSPENDED = "moonfox_signals";

    private SocialNetwork network() {
        return network(true);
    }

    @Test
    void anAccountIsFoundByItsHandleInAnyCase() {
        NetworkUser user = network().user("Reef_Notes");
        assertThat(user.handle()).isEqualTo(KNOWN);
        assertThat(user.name()).isEqualTo("Reef Notes");
    }

    @Test
    void unknownAndSuspendedAccountsAreToldApart() {
        assertThatExceptionOfType(ServiceFault.NotFound.class).isThrownBy(() -> network().user(UNKNOWN)).withMessageContaining(UNKNOWN);
        assertThatExceptionOfType(ServiceFault.Forbidden.class).isThrownBy(() -> network().user(SUSPENDED));
    }

    @Test
    void aProtectedAccountIsFoundButNotRead() {
        NetworkUser user = network().user(PROTECTED);
        assertThatExceptionOfType(ServiceFault.Forbidden.class).isThrownBy(() -> network().postsOf(user.id(), PROTECTED, PostQuery.newest(5)));
    }

    @Test
    void pagesFollowOneAnotherFromNewToOld() {
        String id = network().user(KNOWN).id();
        PostPage first = network().postsOf(id, KNOWN, PostQuery.newest(5));
        PostPage second = network().postsOf(id, KNOWN, PostQuery.newest(5).page(first.nextToken()));
        assertThat(first.posts()).hasSize(5).allMatch(post -> post.author().equals(KNOWN) && !post.text().isBlank());
        assertThat(first.newestId()).isEqualTo(first.posts().getFirst().id());
        assertThat(second.posts().getFirst().createdAt()).isBefore(first.posts().getLast().createdAt());
        assertThat(network().postsOf(id, KNOWN, PostQuery.newest(5).since(first.newestId())).posts()).isEmpty();
    }

    @Test
    void postsAreCountedAgainByTheirIdsAndWhatIsGoneIsLeftOut() {
        String id = network().user(KNOWN).id();
        Post post = network().postsOf(id, KNOWN, PostQuery.newest(5)).posts().getLast();
        assertThat(network().counts(List.of(post.id(), "12345"))).containsOnlyKeys(post.id());
    }

    @Test
    void aPageTokenThatIsNotGoodIsNamedAsTheReason() {
        String id = network().user(KNOWN).id();
        assertThatExceptionOfType(ServiceFault.BadRequest.class)
                .isThrownBy(() -> network().postsOf(id, KNOWN, PostQuery.newest(5).page("expired0")))
                .matches(fault -> fault.concerns("pagination_token"));
    }

    @Test
    void aBadKeyIsRefused() {
        assertThatExceptionOfType(ServiceFault.KeyRefused.class).isThrownBy(() -> network(false).user(KNOWN));
    }
}

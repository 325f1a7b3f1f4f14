package social.coral.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static social.coral.Tenants.aTenant;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.api.Failure;
import social.coral.installation.DatabaseServer;
import social.coral.imports.Imported;
import social.coral.networks.Network;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.networks.PostIds;
import social.coral.networks.PostPage;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;

@CoralTest
class AccountVisitsTest {

    @Autowired
    TenantDoor door;

    @Autowired
    Databases databases;

    @Autowired
    XAccounts accounts;

    @Autowired
    AccountVisits visits;

    @Autowired
    CollectedPosts posts;

    @Autowired
    DatabaseServer server;

    @Autowired
    People people;

    @Test
    void aVisitOverTwoPagesEndsAtTheNewestPostOfTheFirst() throws Exception {
        aTenant(databases).call(() -> {
            AccountVisit visit = resolvedVisit("coral");
            PageStored first = visits.pageCollected(visit, page("older", "1000", "999")).orElseThrow();
            assertThat(first.added()).isEqualTo(2);
            assertThat(first.next().sinceId()).isNull();
            assertThat(first.next().cursorToken()).isEqualTo("older");

            PageStored second = visits.pageCollected(first.next(), page(null, "998", "999")).orElseThrow();
            assertThat(second.added()).isEqualTo(1);
            assertThat(visits.of(visit.accountId())).get().usingRecursiveComparison().ignoringFields("lastCollectedAt").isEqualTo(second.next());
            assertThat(second.next().sinceId()).isEqualTo("1000");
            assertThat(second.next().cursorToken()).isNull();

            Post fromFile = new Post("2000", "coral", "From a file", Instant.now(), null, null, null, PostCounts.NONE);
            Imported.posts(door, fromFile);
            XAccount account = accounts.get(visit.accountId());
            assertThat(account.postsCollected()).isEqualTo(3);
            assertThat(account.state()).isEqualTo(AccountState.OK);
            assertThat(account.lastCollectedAt()).isNotNull();
            return account;
        });
    }

    @Test
    void aPageThatSomebodyElseHasStoredAlreadyChangesNothing() throws Exception {
        aTenant(databases).call(() -> {
            AccountVisit visit = resolvedVisit("coral");
            visits.pageCollected(visit, page("older", "1000"));
            assertThat(visits.pageCollected(visit, page("older", "1000", "1001"))).isEmpty();
            assertThat(posts.count(PostFilter.ALL)).isEqualTo(1);
            return visit;
        });
    }

    @Test
    void anAccountRemovedMeanwhileTakesNoMorePosts() throws Exception {
        aTenant(databases).call(() -> {
            AccountVisit visit = resolvedVisit("coral");
            accounts.remove(visit.accountId());
            assertThat(visits.pageCollected(visit, page(null, "1"))).isEmpty();
            assertThat(posts.count(PostFilter.ALL)).isZero();
            return visit;
        });
    }

    @Test
    void collectingBeginsAnewWhenANameStandsForSomebodyElse() throws Exception {
        aTenant(databases).call(() -> {
            AccountVisit visit = resolvedVisit("coral");
            visits.pageCollected(visit, page(null, "77"));
            assertThat(visits.resolved(visit.accountId(), Network.SANDBOX, "42", "Coral").orElseThrow().sinceId()).isEqualTo("77");
            assertThat(visits.resolved(visit.accountId(), Network.X, "42", "Coral").orElseThrow().sinceId()).isNull();
            return visit;
        });
    }

    @Test
    void theStateOfAnAccountDatesFromWhenItChanged() throws Exception {
        aTenant(databases).call(() -> {
            AccountVisit visit = resolvedVisit("coral");
            visits.mark(visit.accountId(), AccountState.FAILING, "X answered 500");
            Instant since = accounts.get(visit.accountId()).stateSince();
            visits.mark(visit.accountId(), AccountState.FAILING, "X answered 503");
            assertThat(accounts.get(visit.accountId()).stateSince()).isEqualTo(since);
            assertThat(accounts.get(visit.accountId()).stateDetail()).isEqualTo("X answered 503");
            visits.mark(visit.accountId(), AccountState.REFUSED, null);
            assertThat(accounts.get(visit.accountId()).stateSince()).isAfter(since);
            return visit;
        });
    }

    @Test
    void whateverANetworkSaysOfItselfIsCutAtACharacterAndStored() throws Exception {
        aTenant(databases).call(() -> {
            AccountVisit visit = resolvedVisit("coral");
            String hostile = "\0\uD83D" + "🪸".repeat(100_000);

            assertThat(visits.resolved(visit.accountId(), Network.X, "42", hostile)).isPresent();
            visits.mark(visit.accountId(), AccountState.FAILING, hostile);

            assertThat(accounts.get(visit.accountId()).displayName()).isEqualTo("🪸".repeat(200));
            assertThat(accounts.get(visit.accountId()).stateDetail()).isEqualTo("🪸".repeat(500));
            return visit;
        });
    }

    @Test
    void accountsFromBeforeTheLimitAreAllVisitedInTurnAndThePageTellsOfThem() throws Exception {
        TestPerson person = people.aPerson();
        try (Connection owner = server.connectAsOwner(); Statement statement = owner.createStatement()) {
            statement.execute("select set_config('request.jwt.claims', '{\"sub\":\"" + person.id() + "\"}', false)");
            statement.execute("insert into public.x_accounts (username, priority) select 'account_' || n, n % 100 from generate_series(1, 730) n");
        }
        Set<String> visited = new HashSet<>();
        for (int run = 0; run < 2; run++) {
            List<String> due = person.tenant().call(visits::due);
            assertThat(due).hasSize(500);
            person.tenant().run(() -> due.forEach(name -> visits.mark(visits.of(name).orElseThrow().accountId(), AccountState.FAILING, "away")));
            visited.addAll(due);
        }
        assertThat(visited).hasSize(730);
        assertThat(person.browser().get("/accounts").body()).contains("230 more accounts are not listed here");
    }

    @Test
    void anotherTenantCanNeitherMoveNorMarkNorSeeAVisit() throws Exception {
        Tenant stranger = aTenant(databases);
        aTenant(databases).call(() -> {
            AccountVisit visit = resolvedVisit("coral");
            stranger.run(() -> {
                assertThat(visits.pageCollected(visit, page(null, "1"))).isEmpty();
                assertThat(visits.resolved(visit.accountId(), Network.X, "1", "Mine")).isEmpty();
                visits.mark(visit.accountId(), AccountState.REFUSED, "mine");
                assertThat(visits.of(visit.accountId())).isEmpty();
                assertThat(visits.due()).isEmpty();
                assertThatThrownBy(() -> accounts.remove(visit.accountId())).isInstanceOf(Failure.class);
            });
            assertThat(visits.of(visit.accountId())).hasValue(visit);
            assertThat(accounts.get(visit.accountId()).state()).isEqualTo(AccountState.NEW);
            return visit;
        });
    }

    private AccountVisit resolvedVisit(String name) {
        XAccount account = accounts.add(Username.of("username", name), null);
        return visits.resolved(account.id(), Network.SANDBOX, "42", "Coral").orElseThrow();
    }

    private static PostPage page(@Nullable String next, String... ids) {
        List<Post> posts = Stream.of(ids)
                .map(id -> new Post(id, "coral", "Post " + id, Instant.now(), "en", null, null, new PostCounts(1, 2, 3)))
                .toList();
        return new PostPage(posts, next, posts.stream().map(Post::id).max(PostIds.OLDEST_FIRST).orElse(null), List.of());
    }
}

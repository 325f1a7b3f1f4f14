package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** How far collecting has come with each account of a tenant. */
@Component
public final class AccountVisits {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ID = 20;
    private static final int LONGEST_TOKEN = 1_000;
    private static final int LONGEST_DETAIL = 500;

    private static final String SELECT = """
            select id, left(username, 100) as username, left(network, 100) as network, left(network_user_id, 21) as network_user_id,
              left(since_id, 21) as since_id, left(cursor_token, 1001) as cursor_token, left(cursor_newest_id, 21) as cursor_newest_id
            from public.x_accounts where user_id = :tenant
            """;

    private final TenantDoor door;
    private final CollectedPosts posts;

    AccountVisits(TenantDoor door, CollectedPosts posts) {
        this.door = door;
        this.posts = posts;
    }

    /**
     * The accounts that are switched on, the highest priority first. Where more stand than there may be, from the time before the
     * limit, those whose last visit is longest ago: all are visited in turn. What else is known of one is read when its turn comes.
     */
    public List<String> due() {
        return door.sql("""
                select username from (
                  select left(username, 100) as username, priority from public.x_accounts where user_id = :tenant and is_active
                  order by greatest(last_collected_at, last_failed_at) nulls first, priority desc, username limit :most
                ) as next
                order by priority desc, username
                """)
                .param("most", XAccounts.MOST)
                .list(row -> row.getString("username"));
    }

    /** How many accounts are switched on. */
    public int active() {
        return door.sql("select count(*) from public.x_accounts where user_id = :tenant and is_active").one(row -> row.getInt(1));
    }

    /** Whether an account of this name is among the tenant's, switched on or off. */
    public boolean knows(String username) {
        return door.sql("select count(*) from public.x_accounts where user_id = :tenant and username = :username")
                .param("username", username)
                .one(row -> row.getInt(1)) > 0;
    }

    /** Where collecting from the account of this name stands, unless it was switched off or removed. */
    public Optional<AccountVisit> of(String username) {
        return door.sql(SELECT + "and username = :username and is_active").param("username", username).first(AccountVisits::read);
    }

    /** Where collecting from this account stands, unless it was removed. */
    public Optional<AccountVisit> of(UUID accountId) {
        return door.sql(SELECT + "and id = :id")
                .param("id", accountId)
                .first(AccountVisits::read);
    }

    /**
     * Keeps whom a name stands for. On another network, or when the name has passed to somebody else, what was known of
     * the timeline is worth nothing, and collecting begins anew.
     */
    public Optional<AccountVisit> resolved(UUID accountId, Network network, String networkUserId, @Nullable String displayName) {
        door.sql("""
                update public.x_accounts set
                  since_id = case when network = :network and network_user_id = :network_user_id then since_id end,
                  cursor_token = case when network = :network and network_user_id = :network_user_id then cursor_token end,
                  cursor_newest_id = case when network = :network and network_user_id = :network_user_id then cursor_newest_id end,
                  network = :network, network_user_id = :network_user_id, display_name = :display_name, updated_at = now()
                where user_id = :tenant and id = :id
                """)
                .param("network", network)
                .param("network_user_id", networkUserId)
                .param("display_name", StorableText.cutOptional(displayName, LONGEST_NAME))
                .param("id", accountId)
                .update();
        return of(accountId);
    }

    /**
     * Stores a page's posts and moves the visit on, both or neither. Empty when the account was removed meanwhile or
     * somebody else has moved the same visit on; then nothing is stored.
     */
    public Optional<PageStored> pageCollected(AccountVisit visit, TimelinePage page) {
        Network network = visit.network();
        if (network == null) {
            throw new IllegalStateException("a page of " + visit.username() + " before the name was resolved");
        }
        AccountVisit next = visit.after(page);
        return door.transaction(() -> move(visit, next)
                ? Optional.of(posts.store(network, page.posts()).with(next))
                : Optional.empty());
    }

    private boolean move(AccountVisit from, AccountVisit to) {
        return door.sql("""
                update public.x_accounts set
                  since_id = :since_id, cursor_token = :cursor_token, cursor_newest_id = :cursor_newest_id,
                  last_collected_at = now(), updated_at = now(),
                  state = 'ok', state_detail = null, state_since = case when state = 'ok' then state_since else now() end
                where user_id = :tenant and id = :id and network = :network
                  and since_id is not distinct from :known_since_id::text
                  and cursor_token is not distinct from :known_cursor_token::text
                """)
                .param("since_id", to.sinceId())
                .param("cursor_token", to.cursorToken())
                .param("cursor_newest_id", to.cursorNewestId())
                .param("id", from.accountId())
                .param("network", from.network())
                .param("known_since_id", from.sinceId())
                .param("known_cursor_token", from.cursorToken())
                .update() == 1;
    }

    /** Forgets how far an unfinished visit had come, for a network that no longer knows the place. The next one begins at the top. */
    public void restart(UUID accountId) {
        door.sql("""
                update public.x_accounts set cursor_token = null, cursor_newest_id = null, updated_at = now()
                where user_id = :tenant and id = :id
                """)
                .param("id", accountId)
                .update();
    }

    /** Notes a visit that came to nothing, in words for the person; {@code stateSince} moves only when the state is another. */
    public void mark(UUID accountId, AccountState state, @Nullable String detail) {
        door.sql("""
                update public.x_accounts set
                  state_since = case when state = :state then state_since else now() end,
                  state = :state, state_detail = :detail, last_failed_at = now(), updated_at = now()
                where user_id = :tenant and id = :id
                """)
                .param("state", state)
                .param("detail", StorableText.cutOptional(detail, LONGEST_DETAIL))
                .param("id", accountId)
                .update();
    }

    private static AccountVisit read(ResultSet row) throws SQLException {
        String username = row.getString("username");
        String which = "@" + username;
        return new AccountVisit(
                Columns.id(row),
                username,
                row.getString("network") == null ? null : Columns.word(row, which, "network", Network::of),
                Columns.text(row, which, "network_user_id", LONGEST_ID),
                Columns.text(row, which, "since_id", LONGEST_ID),
                Columns.text(row, which, "cursor_token", LONGEST_TOKEN),
                Columns.text(row, which, "cursor_newest_id", LONGEST_ID));
    }
}

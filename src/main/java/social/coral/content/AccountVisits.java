package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.networks.Network;
import social.coral.networks.PostPage;
import social.coral.tenancy.Columns;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;

/** Tracks how far collecting has come with each of a tenant's accounts. */
@Component
public final class AccountVisits {

    private static final int MAX_NAME_LENGTH = 200;
    private static final int MAX_ID_LENGTH = 20;
    private static final int MAX_TOKEN_LENGTH = 1_000;
    private static final int MAX_DETAIL_LENGTH = 500;

    private static final String SELECT = """
            select id, left(username, 100) as username, left(network, 100) as network, left(network_user_id, 21) as network_user_id,
              left(since_id, 21) as since_id, left(cursor_token, 1001) as cursor_token, left(cursor_newest_id, 21) as cursor_newest_id, start_time, last_collected_at
            from public.x_accounts where user_id = :tenant
            """;

    private final TenantDoor door;
    private final CollectedPages pages;
    private final long most;

    AccountVisits(TenantDoor door, CollectedPages pages, DeclaredTables tables) {
        this.door = door;
        this.pages = pages;
        this.most = tables.get("x_accounts").most();
    }

    /**
     * Returns the active accounts, the highest priority first. If there are more than the limit, from before it existed, returns
     * those visited longest ago, so that all get their turn. The rest of an account's state is read when its turn comes.
     */
    public List<String> due() {
        return door.sql("""
                select username from (
                  select left(username, 100) as username, priority from public.x_accounts where user_id = :tenant and is_active
                  order by greatest(last_collected_at, last_failed_at) nulls first, priority desc, username limit :most
                ) as next
                order by priority desc, username
                """)
                .param("most", most)
                .list(row -> row.getString("username"));
    }

    /** Gives a row if there is any account, active or paused. */
    public Query<Boolean> any() {
        return door.sql("select true from public.x_accounts where user_id = :tenant limit 1").query(row -> row.getBoolean(1));
    }

    /** Gives a row if any account is active. */
    public Query<Boolean> anyActive() {
        return door.sql("select true from public.x_accounts where user_id = :tenant and is_active limit 1").query(row -> row.getBoolean(1));
    }

    /** Counts the active accounts. */
    public int active() {
        return door.sql("select count(*) from public.x_accounts where user_id = :tenant and is_active").one(row -> row.getInt(1));
    }

    /** Reports whether the tenant has an account of this name, active or paused. */
    public boolean knows(String username) {
        return door.sql("select count(*) from public.x_accounts where user_id = :tenant and username = :username")
                .param("username", username)
                .one(row -> row.getInt(1)) > 0;
    }

    /** Returns the state of the account of this name, unless it was paused or removed. */
    public Optional<AccountVisit> of(String username) {
        return door.sql(SELECT + "and username = :username and is_active").param("username", username).first(AccountVisits::read);
    }

    /** Returns the state of this account, unless it was removed. */
    public Optional<AccountVisit> of(UUID accountId) {
        return door.sql(SELECT + "and id = :id")
                .param("id", accountId)
                .first(AccountVisits::read);
    }

    /**
     * Stores the network's id for this name. On another network, or when the name now belongs to another account, the stored
     * position in the timeline is dropped and collecting starts over.
     */
    public Optional<AccountVisit> resolved(UUID accountId, Network network, String networkUserId, @Nullable String displayName) {
        door.sql("""
                update public.x_accounts set
                  since_id = case when network = :network and network_user_id = :network_user_id then since_id end,
                  start_time = case when network = :network and network_user_id = :network_user_id then start_time end,
                  cursor_token = case when network = :network and network_user_id = :network_user_id then cursor_token end,
                  cursor_newest_id = case when network = :network and network_user_id = :network_user_id then cursor_newest_id end,
                  network = :network, network_user_id = :network_user_id, display_name = :display_name, resolved_at = clock.moment, updated_at = clock.moment
                from (select now() as moment) as clock
                where user_id = :tenant and id = :id
                """)
                .param("network", network)
                .param("network_user_id", networkUserId)
                .param("display_name", StorableText.truncateNullable(displayName, MAX_NAME_LENGTH))
                .param("id", accountId)
                .update();
        return of(accountId);
    }

    /** Reports whether the network, asked within the last day, had this account and did not give its posts. */
    public boolean wasRefusedLately(UUID accountId) {
        return door.sql("""
                select count(*) from public.x_accounts
                where user_id = :tenant and id = :id and state = 'refused' and resolved_at > now() - interval '1 day'
                """)
                .param("id", accountId)
                .one(row -> row.getInt(1)) > 0;
    }

    /**
     * Stores a page's posts and advances the visit, both or neither. Returns empty, and stores nothing, if the account was
     * removed in the meantime or another worker has advanced the same visit.
     */
    public Optional<PageStored> pageCollected(AccountVisit visit, PostPage page) {
        Network network = visit.network();
        if (network == null) {
            throw new IllegalStateException("a page of " + visit.username() + " before the name was resolved");
        }
        AccountVisit next = visit.after(page);
        return door.transaction(() -> move(visit, next, page.restLost() != null)
                ? Optional.of(new PageStored(pages.store(network, page), next))
                : Optional.empty());
    }

    private boolean move(AccountVisit from, AccountVisit to, boolean leavesGap) {
        return door.sql("""
                update public.x_accounts set
                  since_id = :since_id, start_time = :start_time, cursor_token = :cursor_token, cursor_newest_id = :cursor_newest_id,
                  last_collected_at = clock.moment, updated_at = clock.moment, gap_at = case when :leaves_gap then clock.moment else gap_at end,
                  state = 'ok', state_detail = null, state_since = case when state = 'ok' then state_since else clock.moment end
                from (select now() as moment) as clock
                where user_id = :tenant and id = :id and network = :network
                  and since_id is not distinct from :known_since_id::text
                  and cursor_token is not distinct from :known_cursor_token::text
                """)
                .param("since_id", to.sinceId())
                .param("start_time", to.startTime())
                .param("cursor_token", to.cursorToken())
                .param("cursor_newest_id", to.cursorNewestId())
                .param("leaves_gap", leavesGap)
                .param("id", from.accountId())
                .param("network", from.network())
                .param("known_since_id", from.sinceId())
                .param("known_cursor_token", from.cursorToken())
                .update() == 1;
    }

    /** Stores the visit without what the network no longer accepts of it, and when it had to go on by time instead. */
    public void letGo(AccountVisit visit) {
        door.sql("""
                update public.x_accounts set since_id = :since_id, start_time = :start_time, cursor_token = null, cursor_newest_id = null,
                  gap_at = case when since_id is distinct from :since_id::text or start_time is distinct from :start_time::timestamptz
                    then clock.moment else gap_at end, updated_at = clock.moment
                from (select now() as moment) as clock
                where user_id = :tenant and id = :id
                """)
                .param("since_id", visit.sinceId())
                .param("start_time", visit.startTime())
                .param("id", visit.accountId())
                .update();
    }

    /** Records a failed visit that says nothing about the account. */
    public void failed(UUID accountId) {
        door.sql("update public.x_accounts set last_failed_at = now(), updated_at = now() where user_id = :tenant and id = :id")
                .param("id", accountId)
                .update();
    }

    /** Records a failed visit with a sentence for the person; {@code stateSince} changes only when the state does. */
    public void mark(UUID accountId, AccountState state, @Nullable String detail) {
        door.sql("""
                update public.x_accounts set
                  state_since = case when state = :state then state_since else clock.moment end,
                  state = :state, state_detail = :detail, last_failed_at = now(), updated_at = now()
                from (select now() as moment) as clock
                where user_id = :tenant and id = :id
                """)
                .param("state", state)
                .param("detail", StorableText.truncateNullable(detail, MAX_DETAIL_LENGTH))
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
                Columns.text(row, which, "network_user_id", MAX_ID_LENGTH),
                Columns.text(row, which, "since_id", MAX_ID_LENGTH),
                Columns.optionalInstant(row, "start_time"),
                Columns.text(row, which, "cursor_token", MAX_TOKEN_LENGTH),
                Columns.text(row, which, "cursor_newest_id", MAX_ID_LENGTH),
                Columns.optionalInstant(row, "last_collected_at"));
    }
}

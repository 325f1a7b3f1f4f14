package social.coral.content;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.api.Page;
import social.coral.tenancy.Columns;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TenantDoor;

/** The accounts whose posts a tenant collects. Agents use {@link AccountVisits}. */
@Component
public final class XAccounts {

    private static final int DEFAULT_PRIORITY = 50;
    /** A name has up to 15 letters, an entry of the audit 200 characters. */
    private static final int NAMES_IN_AN_ENTRY = 10;

    private static final String SELECT = """
            select a.*, greatest(a.last_collected_at, a.last_failed_at) as last_visited_at,
              case when a.gap_at > now() - interval '30 days' then a.gap_at end as recent_gap_at, posts.collected, posts.newest_at
            from public.x_accounts a
            left join lateral (
              select count(*) as collected, max(p.created_at) as newest_at
              from public.tweets_cache p where p.user_id = :tenant and p.author = a.username and p.source = 'collected'
            ) posts on true
            where a.user_id = :tenant
            """;

    private final TenantDoor door;
    private final ApplicationEventPublisher events;
    private final long most;

    XAccounts(TenantDoor door, DeclaredTables tables, ApplicationEventPublisher events) {
        this.events = events;
        this.door = door;
        this.most = tables.get("x_accounts").most();
    }

    /** Returns a page of them, the highest priority first. */
    public List<XAccount> list(Page page) {
        return door.sql(SELECT + "order by a.priority desc, a.username limit :limit offset :offset")
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(XAccounts::read);
    }

    /** Returns all of them by priority, or as many as there may be if more are left from before that limit. */
    public List<XAccount> all() {
        return door.sql(SELECT + "order by a.priority desc, a.username limit :most").param("most", most).list(XAccounts::read);
    }

    public long count() {
        return door.sql("select count(*) from public.x_accounts where user_id = :tenant").one(row -> row.getLong(1));
    }

    public XAccount get(UUID id) {
        return door.sql(SELECT + "and a.id = :id").param("id", id).first(XAccounts::read).orElseThrow(Failure::notFound);
    }

    /** Adds an account; for one that already exists, throws a conflict with its id. */
    public XAccount add(Username username, @Nullable Integer priority) {
        int wanted = priority == null ? DEFAULT_PRIORITY : checked(priority);
        return door.transaction(() -> {
            door.lockTenant();
            find(username).ifPresent(id -> {
                throw Failure.conflict("already_added", username + " is already one of your accounts.").with("id", id);
            });
            door.audit("account.added", username);
            return get(insert(username, wanted));
        });
    }

    private Optional<UUID> find(Username username) {
        return door.sql("select id from public.x_accounts where user_id = :tenant and username = :username")
                .param("username", username.value())
                .first(Columns::id);
    }

    private UUID insert(Username username, int priority) {
        return door.sql("insert into public.x_accounts (username, priority) values (:username, :priority) returning id")
                .param("username", username.value())
                .param("priority", priority)
                .one(Columns::id);
    }

    /** Changes the given values and leaves the rest. */
    public XAccount change(UUID id, @Nullable Integer priority, @Nullable Boolean isActive) {
        Integer wanted = priority == null ? null : checked(priority);
        return door.transaction(() -> {
            XAccount before = get(id);
            door.sql("""
                    update public.x_accounts
                    set priority = coalesce(:priority::smallint, priority), is_active = coalesce(:is_active::boolean, is_active),
                      held_back_at = case when :is_active::boolean is null then held_back_at end, updated_at = now()
                    where user_id = :tenant and id = :id
                    """)
                    .param("priority", wanted)
                    .param("is_active", isActive)
                    .param("id", id)
                    .update();
            XAccount account = get(id);
            if (account.isActive() != before.isActive()) {
                door.audit(account.isActive() ? "account.resumed" : "account.paused", "@" + account.username());
            }
            if (!account.isActive()) {
                events.publishEvent(new AccountsStopped());
            }
            if (account.priority() != before.priority()) {
                door.audit("account.changed", "@" + account.username() + ": priority " + account.priority());
            }
            return account;
        });
    }

    /** Pauses or resumes accounts, with one entry in the audit for all of them. Leaves out those that are gone or already so. */
    public void setActive(Collection<UUID> ids, boolean isActive) {
        door.transaction(() -> {
            door.lockTenant();
            audit(isActive ? "account.resumed" : "account.paused", door.sql("""
                    update public.x_accounts set is_active = :is_active, held_back_at = null, updated_at = now()
                    where user_id = :tenant and id = any(:ids) and is_active <> :is_active returning username
                    """)
                    .param("is_active", isActive)
                    .param("ids", ids.toArray(UUID[]::new))
                    .list(row -> row.getString("username")));
            if (!isActive) {
                events.publishEvent(new AccountsStopped());
            }
        });
    }

    /** Removes an account. Its collected posts stay. */
    public void remove(UUID id) {
        if (remove(List.of(id)) == 0) {
            throw Failure.notFound();
        }
    }

    /** Removes accounts, with one entry in the audit for all of them. Returns how many there were. */
    public int remove(Collection<UUID> ids) {
        return door.transaction(() -> {
            door.lockTenant();
            List<String> removed = door.sql("delete from public.x_accounts where user_id = :tenant and id = any(:ids) returning username")
                    .param("ids", ids.toArray(UUID[]::new))
                    .list(row -> row.getString("username"));
            audit("account.removed", removed);
            events.publishEvent(new AccountsStopped());
            return removed.size();
        });
    }

    /** Enters accounts in the audit by name, as many in an entry as it has room for. */
    private void audit(String action, List<String> usernames) {
        List<String> names = usernames.stream().sorted().map(name -> "@" + name).toList();
        for (int i = 0; i < names.size(); i += NAMES_IN_AN_ENTRY) {
            List<String> some = names.subList(i, Math.min(i + NAMES_IN_AN_ENTRY, names.size()));
            door.audit(action, (some.size() == 1 ? "" : some.size() + " accounts: ") + String.join(", ", some));
        }
    }

    private static int checked(int priority) {
        if (priority < 0 || priority > 100) {
            throw Failure.invalid("priority", "The priority must be a whole number from 0 to 100.");
        }
        return priority;
    }

    private static XAccount read(ResultSet row) throws SQLException {
        return new XAccount(
                Columns.id(row),
                Columns.id(row, "user_id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getInt("priority"),
                row.getBoolean("is_active"),
                Columns.word(row, "state", Columns.constant(AccountState.class)),
                row.getString("state_detail"),
                Columns.instant(row, "state_since"),
                row.getLong("collected"),
                Columns.optionalInstant(row, "newest_at"),
                Columns.optionalInstant(row, "last_collected_at"),
                Columns.optionalInstant(row, "last_visited_at"),
                Columns.optionalInstant(row, "recent_gap_at"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}

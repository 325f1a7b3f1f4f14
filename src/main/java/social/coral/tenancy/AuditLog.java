package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;

/** What was done to the tenant's data, as {@link TenantDoor#audit} entered it. It is read here and changed nowhere. */
@Component
public final class AuditLog {

    /**
     * @param position counts the tenant's entries from 1 on, without a gap
     * @param actor {@code person}, {@code agent} and its name, or {@code system}
     * @param action a thing and what was done to it, such as {@code api_key.opened}
     * @param subject which one
     */
    public record Entry(
            long position, Instant at, String actor, String action, String subject, @Nullable String address, @Nullable UUID sessionId, String hash) {}

    /** Which entries; an empty text and the widest times ask for all. */
    public record Filter(String actor, String action, String words, Instant from, Instant to) {

        public static final Filter ALL = new Filter("", "", "", Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
    }

    private static final String SELECT =
            "select position, at, actor, action, subject, host(address) as address, session_id, encode(hash, 'hex') as hash ";

    private static final String WHERE = """
            from public.audit_log
            where user_id = :tenant and at >= :from and at < :to
              and (:actor = '' or actor = :actor or actor like :actor || ' %')
              and (:action = '' or action = :action or action like :action || '.%')
              and (:words = '' or strpos(lower(subject), lower(:words)) > 0)
            """;

    private final TenantDoor door;

    AuditLog(TenantDoor door) {
        this.door = door;
    }

    /** The newest first. */
    public List<Entry> list(Filter filter, Page page) {
        return bind(filter, door.sql(SELECT + WHERE + "order by audit_log.position desc limit :limit offset :offset"))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(AuditLog::read);
    }

    /** The newest of those before a position; so each comes once, whatever is entered between two calls. */
    public List<Entry> before(long position, Filter filter, int most) {
        return bind(filter, door.sql(SELECT + WHERE + "and audit_log.position < :position order by audit_log.position desc limit :most"))
                .param("position", position)
                .param("most", most)
                .list(AuditLog::read);
    }

    /** How many there are, counted up to {@code most}. */
    public int count(Filter filter, int most) {
        return bind(filter, door.sql("select count(*) from (select 1 " + WHERE + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    private static TenantStatement bind(Filter filter, TenantStatement statement) {
        return statement.param("actor", filter.actor())
                .param("action", filter.action())
                .words(filter.words())
                .param("from", filter.from())
                .param("to", filter.to());
    }

    private static Entry read(ResultSet row) throws SQLException {
        String session = row.getString("session_id");
        return new Entry(
                row.getLong("position"),
                Columns.instant(row, "at"),
                row.getString("actor"),
                row.getString("action"),
                row.getString("subject"),
                row.getString("address"),
                session == null ? null : UUID.fromString(session),
                row.getString("hash"));
    }
}

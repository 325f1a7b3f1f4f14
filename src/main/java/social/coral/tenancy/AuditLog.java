package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;

/** The audit of the tenant's data, as written by {@link TenantDoor#audit}. Read-only. */
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

    /** Selects entries; an empty text and the widest times select all. */
    public record Filter(String actor, String action, String words, Told told, Instant from, Instant to) {

        public static final Filter ALL = new Filter("", "", "", Told.NOTHING, Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
    }

    /** Actions and subjects that are told to a person in other words than they are entered in, and in these words hold what is searched for. */
    public record Told(List<String> actions, List<String> subjects) {

        public static final Told NOTHING = new Told(List.of(), List.of());
    }

    private static final String SELECT =
            "select position, at, actor, action, subject, host(address) as address, session_id, encode(hash, 'hex') as hash ";

    private static final String WHERE = """
            from public.audit_log
            where user_id = :tenant and at >= :from and at < :to
              and (:actor = '' or actor = :actor or actor like :actor || ' %')
              and (:action = '' or action = :action or action like :action || '.%')
              and (:words = '' or strpos(lower(subject), lower(:words)) > 0 or strpos(host(address), :words) > 0
                or action = any(:told_actions) or subject = any(:told_subjects))
            """;

    private final TenantDoor door;

    AuditLog(TenantDoor door) {
        this.door = door;
    }

    /** Returns a page of entries, the newest first. */
    public List<Entry> list(Filter filter, Page page) {
        return bind(filter, door.sql(SELECT + WHERE + "order by audit_log.position desc limit :limit offset :offset"))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(AuditLog::read);
    }

    /** Returns the newest entries before a position, so that each comes once even if entries are added between two calls. */
    public List<Entry> before(long position, Filter filter, int most) {
        return bind(filter, door.sql(SELECT + WHERE + "and audit_log.position < :position order by audit_log.position desc limit :most"))
                .param("position", position)
                .param("most", most)
                .list(AuditLog::read);
    }

    /** Counts the entries, up to {@code most}. */
    public int count(Filter filter, int most) {
        return bind(filter, door.sql("select count(*) from (select 1 " + WHERE + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    private static TenantStatement bind(Filter filter, TenantStatement statement) {
        return statement.param("actor", filter.actor())
                .param("action", filter.action())
                .words(filter.words())
                .param("told_actions", filter.told().actions().toArray(String[]::new))
                .param("told_subjects", filter.told().subjects().toArray(String[]::new))
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

package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;

/** The audit of the tenant's data, as written by {@link TenantDoor#audit}. Read-only. */
@Component
public final class AuditLog {

    /**
     * @param position counts the tenant's entries from 1 on, without a gap
     * @param actor {@code person}, {@code agent} and its name, {@code system}, or {@code anonymous} for somebody who was not signed in
     * @param action a thing and what was done to it, such as {@code api_key.opened}
     * @param subject which one
     */
    public record Entry(
            long position, Instant at, String actor, String action, String subject, @Nullable String address, @Nullable UUID sessionId, String hash) {}

    /**
     * Selects entries; an empty text and the widest times select all.
     *
     * @param words what each entry must hold, in the words of {@link AuditVocabulary} or as it is stored
     */
    public record Filter(String actor, String action, String words, Instant from, Instant to) {

        public static final Filter ALL = new Filter("", "", "", Instant.EPOCH, Instant.parse("9999-01-01T00:00:00Z"));
    }

    public static final List<String> ACTORS = List.of("person", "agent", "system", "anonymous");

    private static final String SELECT =
            "select position, at, actor, action, subject, host(address) as address, session_id, encode(hash, 'hex') as hash ";

    // Failed sign-ins from before the anonymous actor are stored as the person's.
    private static final String WHERE = """
            from public.audit_log
            left join unnest(cast(:stored as text[]), cast(:wordings as text[])) as done (stored, wording) on done.stored = action
            left join unnest(cast(:stored as text[]), cast(:wordings as text[])) as doer (stored, wording)
              on doer.stored = case when action = 'session.refused' then 'anonymous' else actor end
            left join unnest(cast(:stored as text[]), cast(:wordings as text[])) as thing (stored, wording) on thing.stored = subject
            where user_id = :tenant and at >= :from and at < :to
              and (:actor = '' or case when action = 'session.refused' then 'anonymous' else actor end = :actor or actor like :actor || ' %')
              and (:action = '' or action = :action or action like :action || '.%')
              and (cardinality(cast(:words as text[])) = 0
                or concat_ws(' ', action, done.wording, doer.wording, subject, thing.wording, host(address),
                  case when address <<= '127.0.0.0/8' or address = '::1' then 'this server' end) ilike all(:words))
            """;

    private final TenantDoor door;
    private final AuditVocabulary vocabulary;

    AuditLog(TenantDoor door, AuditVocabulary vocabulary) {
        this.door = door;
        this.vocabulary = vocabulary;
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

    private TenantStatement bind(Filter filter, TenantStatement statement) {
        String[] patterns = TenantStatement.likePatterns(filter.words());
        Map<String, String> wordings = patterns.length == 0 ? Map.of() : vocabulary.words();
        return statement.param("actor", filter.actor())
                .param("action", filter.action())
                .words(patterns)
                .param("stored", wordings.keySet().toArray(String[]::new))
                .param("wordings", wordings.values().toArray(String[]::new))
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

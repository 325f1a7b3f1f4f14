package social.coral.agents;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;
import social.coral.api.StorableText;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.tenancy.TenantStatement;

/** What agents did for the current tenant, in words for the person. Entries are never changed. */
@Component
public class AgentLogs {

    /** One entry; {@code level} is {@code info}, {@code warning} or {@code error}. */
    public record Entry(
            UUID id, String agentName, String level, String action, String details, @Nullable UUID runId, Instant createdAt) {}

    /**
     * Selects entries; null selects all.
     *
     * @param text words, each of which stands somewhere in what an entry says, its level or the title of its agent
     */
    public record Filter(@Nullable String agent, @Nullable String level, @Nullable UUID run, @Nullable String text) {

        public static final Filter ALL = new Filter(null, null, null, null);
    }

    private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");
    private static final UUID LEAST = new UUID(0, 0);

    private static final String SELECT = "select id, agent_name, level, action, details, run_id, created_at ";

    private static final String WHERE = """
            from public.agent_logs
            left join unnest(cast(:names as text[]), cast(:titles as text[])) as titles (name, title) on titles.name = agent_name
            where user_id = :tenant
              and (cast(:agent as text) is null or agent_name = :agent)
              and (cast(:level as text) is null or level = :level)
              and (cast(:run as uuid) is null or run_id = :run)
              and (cardinality(cast(:words as text[])) = 0 or concat_ws(' ', level, titles.title, details) ilike all(:words))
            """;

    private static final int MAX_DETAILS_LENGTH = 1000;

    private final TenantDoor door;
    private final List<Agent> agents;

    AgentLogs(TenantDoor door, List<Agent> agents) {
        this.door = door;
        this.agents = agents;
    }

    void append(String agent, Run.Level level, String action, String details, @Nullable UUID run) {
        door.sql("""
                        insert into public.agent_logs (agent_name, level, action, details, run_id)
                        values (:agent, :level, :action, :details, :run)
                        """)
                .param("agent", agent)
                .param("level", level.name().toLowerCase(Locale.ROOT))
                .param("action", action)
                .param("details", StorableText.truncate(details, MAX_DETAILS_LENGTH))
                .param("run", run)
                .update();
    }

    /** Appends it unless the run's newest entry says the same, as when it tried again and waits once more. */
    void appendIfNew(String agent, Run.Level level, String action, String details, UUID run) {
        String newest = door.sql("select details from public.agent_logs where user_id = :tenant and run_id = :run order by created_at desc, id limit 1")
                .param("run", run)
                .first(row -> row.getString("details"))
                .orElse("");
        if (!newest.equals(StorableText.truncate(details, MAX_DETAILS_LENGTH))) {
            append(agent, level, action, details, run);
        }
    }

    /** The newest entries first. */
    public List<Entry> list(Filter filter, Page page) {
        return bind(filter, door.sql(SELECT + WHERE + "order by created_at desc, id limit :limit offset :offset"))
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(AgentLogs::read);
    }

    /** The entries after {@code last}, newest first, or the first ones. Each comes once, whatever is added between two calls. */
    public List<Entry> after(@Nullable Entry last, Filter filter, int most) {
        return bind(filter, door.sql(SELECT + WHERE + """
                          and created_at <= :at and (created_at < :at or id > :id)
                        order by created_at desc, id limit :most
                        """))
                .param("at", last == null ? END : last.createdAt())
                .param("id", last == null ? LEAST : last.id())
                .param("most", most)
                .list(AgentLogs::read);
    }

    /** Counts the entries that match, up to {@code most}. */
    public int count(Filter filter, int most) {
        return bind(filter, door.sql("select count(*) from (select 1 " + WHERE + "limit :most) as counted"))
                .param("most", most)
                .one(row -> row.getInt(1));
    }

    private TenantStatement bind(Filter filter, TenantStatement statement) {
        Map<String, String> titles = Agents.titles(agents);
        return statement.param("agent", filter.agent())
                .param("level", filter.level())
                .param("run", filter.run())
                .likeWords(filter.text())
                .param("names", titles.keySet().toArray(String[]::new))
                .param("titles", titles.values().toArray(String[]::new));
    }

    private static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                Columns.id(row),
                row.getString("agent_name"),
                row.getString("level"),
                row.getString("action"),
                row.getString("details"),
                row.getObject("run_id", UUID.class),
                Columns.instant(row, "created_at"));
    }
}

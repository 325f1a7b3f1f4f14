package social.coral.agents;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Page;
import social.coral.api.StorableText;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** What agents did for the current tenant, in words for the person. Entries are only ever added. */
@Component
public class AgentLogs {

    /** One entry; {@code level} is {@code info}, {@code warning} or {@code error}. */
    public record Entry(
            UUID id, String agentName, String level, String action, String details, @Nullable UUID runId, Instant createdAt) {}

    /** Which entries; every part that is null lets all through. */
    public record Filter(@Nullable String agent, @Nullable String level, @Nullable UUID run, @Nullable String text) {

        public static final Filter ALL = new Filter(null, null, null, null);
    }

    private static final String WHERE = """
            where user_id = :tenant
              and (cast(:agent as text) is null or agent_name = :agent)
              and (cast(:level as text) is null or level = :level)
              and (cast(:run as uuid) is null or run_id = :run)
              and (:words = '' or strpos(lower(details), lower(:words)) > 0)
            """;

    private static final int LONGEST_DETAILS = 1000;

    private final TenantDoor door;

    AgentLogs(TenantDoor door) {
        this.door = door;
    }

    void append(String agent, Run.Level level, String action, String details, @Nullable UUID run) {
        door.sql("""
                        insert into public.agent_logs (agent_name, level, action, details, run_id)
                        values (:agent, :level, :action, :details, :run)
                        """)
                .param("agent", agent)
                .param("level", level.name().toLowerCase(Locale.ROOT))
                .param("action", action)
                .param("details", StorableText.cut(details, LONGEST_DETAILS))
                .param("run", run)
                .update();
    }

    /** The newest entries first. */
    public List<Entry> list(Filter filter, Page page) {
        return door.sql("select id, agent_name, level, action, details, run_id, created_at from public.agent_logs " + WHERE
                        + "order by created_at desc, id limit :limit offset :offset")
                .param("agent", filter.agent())
                .param("level", filter.level())
                .param("run", filter.run())
                .words(filter.text())
                .param("limit", page.limit())
                .param("offset", page.offset())
                .list(row -> new Entry(
                        Columns.id(row),
                        row.getString("agent_name"),
                        row.getString("level"),
                        row.getString("action"),
                        row.getString("details"),
                        row.getObject("run_id", UUID.class),
                        Columns.instant(row, "created_at")));
    }

    /** How many entries pass the filter, counted up to {@code most}. */
    public int count(Filter filter, int most) {
        return door.sql("select count(*) from (select 1 from public.agent_logs " + WHERE + "limit :most) as counted")
                .param("agent", filter.agent())
                .param("level", filter.level())
                .param("run", filter.run())
                .words(filter.text())
                .param("most", most)
                .one(row -> row.getInt(1));
    }
}

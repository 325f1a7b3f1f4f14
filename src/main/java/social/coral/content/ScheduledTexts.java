package social.coral.content;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** What the current tenant has scheduled, of all kinds. */
@Component
public class ScheduledTexts {

    private static final String SCHEDULED = """
            (select '%s' as kind, id, left(%s, 200) as title, scheduled_for from public.%s
             where user_id = :tenant and status = 'scheduled' and scheduled_for < :end order by scheduled_for, id limit :most)
            """;
    private static final String ALL = Stream.of(
                    SCHEDULED.formatted("tweet", "content", "tweets"), SCHEDULED.formatted("thread", "coalesce(title, parts[1])", "tweet_threads"),
                    SCHEDULED.formatted("reply", "content", "replies"), SCHEDULED.formatted("blog", "title", "blogs"))
            .collect(Collectors.joining("union all\n"));

    private final TenantDoor door;

    ScheduledTexts(TenantDoor door) {
        this.door = door;
    }

    /**
     * A text that has a time.
     *
     * @param title its title, or else how it begins
     */
    public record Entry(TextKind kind, UUID id, String title, Instant at) {}

    /** Returns those with a time before this one, the earliest first; those whose time has passed are among them. */
    public List<Entry> until(Instant end, int most) {
        return door.sql("select kind, id, title, scheduled_for from (" + ALL + ") as scheduled order by scheduled_for, id limit :most")
                .param("end", end)
                .param("most", most)
                .list(row -> new Entry(Columns.word(row, "text", "kind", Columns.constant(TextKind.class)), Columns.id(row), row.getString("title"),
                        Columns.instant(row, "scheduled_for")));
    }
}

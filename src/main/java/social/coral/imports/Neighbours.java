package social.coral.imports;

import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import social.coral.imports.ImportStore.Beginning;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The stored posts that were written next to given times, of which a long text may be one. */
final class Neighbours {

    private final TenantDoor door;

    Neighbours(TenantDoor door) {
        this.door = door;
    }

    /** Walks the index in both directions from each time, and reads each text once. */
    void around(Collection<Instant> times, String author, Consumer<Beginning> taker) {
        door.transaction(() -> {
            // A planner that expects few posts would take all of the hour and sort them again for each time.
            door.sql("set local enable_sort = off").update();
            nearest(times, author, taker);
        });
    }

    private void nearest(Collection<Instant> times, String author, Consumer<Beginning> taker) {
        door.sql("""
                select tweet_id, author, left(content, 1000) as beginning, length(content) as length, created_at, origin from public.tweets_cache
                where user_id = :tenant and id = any(array(
                  select near.id from unnest(cast(:times as timestamptz[])) as wanted (time)
                  cross join lateral (
                    (select id from public.tweets_cache where user_id = :tenant and (source = 'imported' or import_id is not null)
                       and created_at <= wanted.time and created_at >= wanted.time - interval '65 minutes'
                     order by created_at desc, id limit 100)
                    union all
                    (select id from public.tweets_cache where user_id = :tenant and (source = 'imported' or import_id is not null)
                       and created_at > wanted.time and created_at <= wanted.time + interval '65 minutes'
                     order by created_at, id desc limit 100)
                    union all
                    (select id from public.tweets_cache where user_id = :tenant and author = :author
                       and created_at <= wanted.time and created_at >= wanted.time - interval '65 minutes'
                     order by created_at desc, id limit 100)
                    union all
                    (select id from public.tweets_cache where user_id = :tenant and author = :author
                       and created_at > wanted.time and created_at <= wanted.time + interval '65 minutes'
                     order by created_at, id desc limit 100)) as near))
                """)
                .param("author", author)
                .param("times", times.stream().distinct().map(Instant::toString).toArray(String[]::new))
                .each(row -> taker.accept(new Beginning(row.getString("tweet_id"), row.getString("author"), row.getString("beginning"), row.getInt("length"), Columns.instant(row, "created_at"),
                        Columns.word(row, "post " + row.getString("tweet_id"), "origin", Columns.constant(Origin.class)))));
    }
}

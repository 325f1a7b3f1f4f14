package social.coral.imports;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import social.coral.networks.PostIds;
import social.coral.networks.PostVersions;
import social.coral.tenancy.TenantDoor;

/** The versions of edited posts in the database, of which only the newest is stored. */
final class StoredVersions {

    private static final int AT_ONCE = 200;

    private final TenantDoor door;
    private final Runnable look;
    private boolean anyEdited;

    /** @param look checks between two statements whether the import has to end, and lets others work */
    StoredVersions(TenantDoor door, Runnable look) {
        this.door = door;
        this.look = look;
    }

    /**
     * Returns the newest stored versions of those of these posts that are older ones. Looks among the edited posts of the hours in which
     * these were written, which their ids show.
     */
    Map<String, String> newest(Set<String> ids) {
        Map<String, String> newest = new HashMap<>();
        if (!isAnyEdited()) {
            return newest;
        }
        TreeSet<Instant> times = ids.stream().filter(id -> PostIds.isId(id) && PostIds.isWithin64Bits(id)).map(PostIds::time).flatMap(Stream::ofNullable)
                .collect(Collectors.toCollection(TreeSet::new));
        List<Instant> from = new ArrayList<>();
        List<Instant> until = new ArrayList<>();
        for (Instant time : times) {
            Instant first = time.minus(PostVersions.EDITABLE);
            if (until.isEmpty() || until.getLast().isBefore(first)) {
                from.add(first);
            } else {
                until.removeLast();
            }
            until.add(time.plus(PostVersions.EDITABLE));
        }
        door.sql("""
                select older.id, post.tweet_id
                from unnest(cast(:times as timestamptz[]), cast(:ends as timestamptz[])) as hours (time, until)
                cross join lateral (
                  select tweet_id, older_versions from public.tweets_cache
                  where user_id = :tenant and older_versions is not null and created_at >= hours.time and created_at <= hours.until offset 0) as post
                cross join unnest(string_to_array(post.older_versions, ' ')) as older (id)
                where older.id in (select unnest(cast(:ids as text[])))
                """)
                .param("times", from.stream().map(Instant::toString).toArray(String[]::new))
                .param("ends", until.stream().map(Instant::toString).toArray(String[]::new))
                .param("ids", ids.toArray(String[]::new))
                .each(row -> newest.merge(row.getString("id"), row.getString("tweet_id"), PostIds::newer));
        return newest;
    }

    private boolean isAnyEdited() {
        anyEdited = anyEdited || door.sql("select 1 from public.tweets_cache where user_id = :tenant and older_versions is not null limit 1").first(row -> true).isPresent();
        return anyEdited;
    }

    /** Makes replies to older versions ones to the newest, some at a time. */
    void redirectReplies(Map<String, String> newestByOlder) {
        List<String> older = newestByOlder.keySet().stream().filter(version -> PostIds.OLDEST_FIRST.compare(version, newestByOlder.get(version)) < 0).toList();
        for (List<String> some : older.stream().gather(Gatherers.windowFixed(AT_ONCE)).toList()) {
            String[] newest = some.stream().map(newestByOlder::get).toArray(String[]::new);
            do {
                look.run();
            } while (redirectSome(some.toArray(String[]::new), newest) > 0);
        }
    }

    /** Redirects some of the replies to these versions and returns how many. They are no longer replies to these versions then. */
    private int redirectSome(String[] older, String[] newest) {
        // "is true" keeps a planner without statistics, as after a first import, from walking all imported posts for each version.
        return door.sql("""
                with versions as (select * from unnest(cast(:older as text[]), cast(:newest as text[])) as pairs (older, newest)),
                replies as materialized (
                  select distinct reply.id, reply.in_reply_to_id, reply.conversation_id from versions
                  cross join lateral (
                    (select id, in_reply_to_id, conversation_id from public.tweets_cache
                     where user_id = :tenant and in_reply_to_id = versions.older and (source = 'imported') is true limit 1000)
                    union all
                    (select id, in_reply_to_id, conversation_id from public.tweets_cache
                     where user_id = :tenant and conversation_id = versions.older and (source = 'imported') is true limit 1000)) as reply limit 1000)
                update public.tweets_cache as post set
                  in_reply_to_id = coalesce(answered.newest, post.in_reply_to_id), conversation_id = coalesce(begun.newest, post.conversation_id)
                from replies
                left join versions as answered on answered.older = replies.in_reply_to_id
                left join versions as begun on begun.older = replies.conversation_id
                where post.user_id = :tenant and post.id = any(array(select id from replies)) and post.id = replies.id
                """)
                .param("older", older)
                .param("newest", newest)
                .update();
    }
}

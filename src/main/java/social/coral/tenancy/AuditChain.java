package social.coral.tenancy;

import java.util.Optional;

/** Whether the running tenant's audit is whole: asked by the owner's commands, for one tenant after another. */
final class AuditChain {

    private static final String FIRST_BREAK = """
            with entries as (
              select position, previous_hash, hash,
                lag(position) over (order by position) as before,
                lag(hash) over (order by position) as hash_before,
                audit.entry_hash(previous_hash, user_id, position, at, actor, action, subject, address, session_id) as right_hash
              from public.audit_log where user_id = :tenant
            ), ends as (
              select coalesce((select position from audit.dropped where user_id = :tenant), 0) as dropped,
                coalesce((select hash from audit.dropped where user_id = :tenant), '') as dropped_hash,
                coalesce((select position from audit.heads where user_id = :tenant), 0) as newest,
                coalesce((select hash from audit.heads where user_id = :tenant), '') as newest_hash
            )
            select min(place) as place from (
              select e.position as place from entries e, ends
              where e.hash <> e.right_hash or e.position <> coalesce(e.before, ends.dropped) + 1
                or e.previous_hash <> coalesce(e.hash_before, ends.dropped_hash)
              union all
              select ends.newest from ends
              where ends.newest > ends.dropped
                and not exists (select from entries e where e.position = ends.newest and e.hash = ends.newest_hash)
              union all
              select max(e.position) from entries e, ends having max(e.position) > max(ends.newest)
            ) as breaks
            """;

    private AuditChain() {}

    /** The number of the first entry that was altered, or after which one is missing; nothing when all are as they were written. */
    static Optional<Long> firstBreak(TenantDoor owners) {
        return owners.sql(FIRST_BREAK).first(row -> row.getObject("place", Long.class) == null ? Optional.<Long>empty() : Optional.of(row.getLong("place")))
                .flatMap(place -> place);
    }
}

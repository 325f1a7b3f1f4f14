package social.coral.knowledge;

import java.util.Optional;
import java.util.UUID;
import social.coral.tenancy.TenantDoor;

/** The numbers of a tenant's changes, which an index follows in their order. */
final class Changes {

    private Changes() {}

    /** Returns the first of so many numbers. Nobody else of the tenant gets any before the open transaction has ended. */
    static long take(TenantDoor door, int count) {
        return door.sql("""
                insert into public.knowledge_heads as head (change) values (:count)
                on conflict (user_id) do update set change = head.change + excluded.change
                returning change
                """)
                .param("count", (long) count)
                .one(row -> row.getLong("change")) - count + 1;
    }

    /** Returns which build of the tenant's indexes is wanted; empty while nothing has changed yet. */
    static Optional<UUID> build(TenantDoor door) {
        return door.sql("select build from public.knowledge_heads where user_id = :tenant").first(row -> row.getObject("build", UUID.class));
    }
}

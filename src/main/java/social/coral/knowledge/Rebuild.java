package social.coral.knowledge;

import java.util.UUID;
import social.coral.tenancy.TenantDoor;

/** Has the current tenant's indexes rebuilt from its rows, for the operator's commands, which run beside the processes that do it. */
public final class Rebuild {

    private Rebuild() {}

    /** Returns whether there was anything to search. Each process rebuilds its indexes when it next uses them. */
    public static boolean begin(TenantDoor door) {
        return door.transaction(() -> {
            boolean any = door.sql("update public.knowledge_heads set build = :build where user_id = :tenant")
                    .param("build", UUID.randomUUID())
                    .update() > 0;
            if (any) {
                door.sql("select jobs.announce(:task, :key, now())").param("task", KnowledgeJob.NAME).param("key", KnowledgeJob.ALL).one(row -> true);
            }
            return any;
        });
    }
}

package social.coral.knowledge;

import java.util.Optional;
import java.util.UUID;
import social.coral.tenancy.TenantDoor;

/** The position of an index that processes share. */
record StoredPosition(TenantDoor door, int generation) implements Position {

    @Override
    public long get() {
        return door.sql("select indexed_to from public.knowledge_generations where user_id = :tenant and generation = :generation")
                .param("generation", generation)
                .first(row -> row.getLong("indexed_to"))
                .orElse(0L);
    }

    @Override
    public Optional<UUID> build() {
        return door.sql("select shared_build from public.knowledge_heads where user_id = :tenant and shared_build is not null")
                .first(row -> row.getObject("shared_build", UUID.class));
    }

    @Override
    public void begin(UUID build) {
        door.transaction(() -> {
            door.sql("update public.knowledge_generations set indexed_to = 0 where user_id = :tenant").update();
            door.sql("update public.knowledge_heads set shared_build = :build where user_id = :tenant").param("build", build).update();
        });
    }

    @Override
    public void moveTo(long change) {
        door.sql("update public.knowledge_generations set indexed_to = :change where user_id = :tenant and generation = :generation")
                .param("change", change)
                .param("generation", generation)
                .update();
    }
}

package social.coral.knowledge;

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
    public void moveTo(long change) {
        door.sql("update public.knowledge_generations set indexed_to = :change where user_id = :tenant and generation = :generation")
                .param("change", change)
                .param("generation", generation)
                .update();
    }
}

package social.coral.knowledge;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Component;
import social.coral.jobs.Jobs;
import social.coral.tenancy.TenantDoor;

/** The current tenant's generations of vectors. */
@Component
class Generations {

    private final TenantDoor door;
    private final Jobs jobs;
    private final Clock clock;

    Generations(TenantDoor door, Jobs jobs, Clock clock) {
        this.door = door;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Returns them all, the newest first. */
    List<Generation> list() {
        return door.sql("""
                select generation, model, width, embedded_to from public.knowledge_generations
                where user_id = :tenant order by generation desc limit 10
                """)
                .list(row -> new Generation(row.getInt("generation"), row.getString("model"), row.getInt("width"), row.getLong("embedded_to")));
    }

    /** Returns the generation of this model, which is begun when the newest is of another; from then on everything is looked through each day. */
    Generation of(Embeddings embeddings) {
        return door.transaction(() -> {
            List<Generation> all = list();
            Generation newest = all.isEmpty() ? new Generation(0, "", 1, 0) : all.getFirst();
            if (newest.model().equals(embeddings.model()) && newest.width() == embeddings.width()) {
                return newest;
            }
            Generation next = new Generation(newest.number() + 1, embeddings.model(), embeddings.width(), 0);
            door.sql("insert into public.knowledge_generations (generation, model, width) values (:generation, :model, :width) on conflict do nothing")
                    .param("generation", next.number())
                    .param("model", next.model())
                    .param("width", next.width())
                    .update();
            jobs.announce(KnowledgeJob.NAME, KnowledgeJob.ALL, clock.instant().plus(KnowledgeJob.COMPARED_EVERY));
            return next;
        });
    }

    /** Removes the generations before one whose vectors are complete; their vectors go with them. */
    boolean removeBefore(Generation complete) {
        return door.sql("delete from public.knowledge_generations where user_id = :tenant and generation < :generation")
                .param("generation", complete.number())
                .update() > 0;
    }
}

package social.coral.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.StorableText;
import social.coral.jobs.Jobs;
import social.coral.knowledge.Generation.Pause;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/** The current tenant's generations of vectors. */
@Component
class Generations {

    /** For so long vectors that were paid for are kept after another model was chosen, so that changing one's mind costs nothing. */
    static final Duration PAID_KEPT = Duration.ofHours(1);

    private static final int MAX_REASON = 2_000;

    private final TenantDoor door;
    private final EmbeddingChoices choices;
    private final Jobs jobs;
    private final Clock clock;

    Generations(TenantDoor door, EmbeddingChoices choices, Jobs jobs, Clock clock) {
        this.door = door;
        this.choices = choices;
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Returns them all: the one of the chosen model first, then those that were chosen later before those chosen earlier. */
    List<Generation> list() {
        EmbeddingChoice chosen = choices.current();
        List<Generation> all = new ArrayList<>(door.sql("""
                select generation, model, width, embedded_to, complete, chosen_at, waits_until, wait_code, wait_detail from public.knowledge_generations
                where user_id = :tenant order by chosen_at desc, generation desc limit 10
                """)
                .list(Generations::read));
        all.sort(Comparator.comparing(generation -> !chosen.isOf(generation)));
        return all;
    }

    /** Returns them in the order in which a search asks them: those in which every text can be found before one that is still made. */
    List<Generation> toAsk() {
        return list().stream().sorted(Comparator.comparing(generation -> !generation.complete())).toList();
    }

    /** Returns the generation of this model, which is begun where there is none; from then on everything is looked through each day. */
    Generation of(String model, int width) {
        return door.transaction(() -> find(model, width).orElseGet(() -> begun(model, width)));
    }

    /** Notes that a model is chosen from now on. What it has made before is its own again. */
    void choose(EmbeddingChoice choice) {
        Generation chosen = of(choice.model(), choice.width());
        door.sql("update public.knowledge_generations set chosen_at = now() where user_id = :tenant and generation = :generation")
                .param("generation", chosen.number())
                .update();
    }

    private Optional<Generation> find(String model, int width) {
        return list().stream().filter(generation -> generation.model().equals(model) && generation.width() == width).findFirst();
    }

    private Generation begun(String model, int width) {
        int number = door.sql("""
                insert into public.knowledge_heads as head (change, generation) values (0, 1)
                on conflict (user_id) do update set generation = head.generation + 1 returning generation
                """)
                .one(row -> row.getInt("generation"));
        // Another may have begun it while this one waited for the number.
        Optional<Generation> other = find(model, width);
        if (other.isPresent()) {
            return other.get();
        }
        Generation begun = door.sql("""
                insert into public.knowledge_generations (generation, model, width) values (:generation, :model, :width)
                returning generation, model, width, embedded_to, complete, chosen_at, waits_until, wait_code, wait_detail
                """)
                .param("generation", number)
                .param("model", model)
                .param("width", width)
                .one(Generations::read);
        jobs.announce(KnowledgeJob.NAME, KnowledgeJob.ALL, clock.instant().plus(KnowledgeJob.COMPARED_EVERY));
        return begun;
    }

    /** Notes that every text has a vector of this generation, and that nothing is waited for. */
    void complete(Generation generation) {
        if (!generation.complete() || generation.pause() != null) {
            door.sql("""
                    update public.knowledge_generations set complete = true, waits_until = null, wait_code = null, wait_detail = null
                    where user_id = :tenant and generation = :generation
                    """)
                    .param("generation", generation.number())
                    .update();
        }
    }

    void pause(Generation generation, EmbeddingsPaused pause) {
        door.sql("""
                update public.knowledge_generations set waits_until = :until, wait_code = :code, wait_detail = :detail
                where user_id = :tenant and generation = :generation
                """)
                .param("until", pause.until())
                .param("code", pause.code())
                .param("detail", StorableText.truncate(pause.sentence(), MAX_REASON))
                .param("generation", generation.number())
                .update();
    }

    /** Ends every wait. Returns whether there was one. */
    boolean goOn() {
        return door.sql("""
                update public.knowledge_generations set waits_until = null, wait_code = null, wait_detail = null
                where user_id = :tenant and waits_until is not null
                """)
                .update() > 0;
    }

    /**
     * Removes the generations but one that is complete; their vectors go with them. Some that were paid for are kept for a while.
     *
     * @return those that are left
     */
    List<Generation> removeBut(Generation complete) {
        return door.transaction(() -> {
            boolean keepsPaid = clock.instant().isBefore(complete.chosenAt().plus(PAID_KEPT));
            List<Generation> left = new ArrayList<>();
            List<Integer> gone = new ArrayList<>();
            for (Generation generation : list()) {
                boolean isKept = generation.number() == complete.number() || keepsPaid && EmbeddingChoice.of(generation).filter(EmbeddingChoice::isPaid).isPresent();
                if (isKept) {
                    left.add(generation);
                } else {
                    gone.add(generation.number());
                }
            }
            if (!gone.isEmpty()) {
                door.sql("delete from public.knowledge_generations where user_id = :tenant and generation in (:gone)").param("gone", gone).update();
            }
            return left;
        });
    }

    private static Generation read(ResultSet row) throws SQLException {
        @Nullable Instant until = Columns.optionalInstant(row, "waits_until");
        Pause pause = until == null ? null : new Pause(row.getString("wait_code"), row.getString("wait_detail"), until);
        return new Generation(row.getInt("generation"), row.getString("model"), row.getInt("width"), row.getLong("embedded_to"), row.getBoolean("complete"),
                Columns.instant(row, "chosen_at"), pause);
    }
}

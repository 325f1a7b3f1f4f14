package social.coral.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import social.coral.installation.DatabaseServer;
import social.coral.installation.Finding;
import social.coral.tenancy.Columns;
import social.coral.tenancy.OwnerDoor;

/** Checks from outside any process how far what can be searched is behind what is stored. */
public final class KnowledgeCheckup {

    /** The jobs that may wait, because a process without a model leaves them to others. */
    public static final Set<String> JOBS = Set.of(EmbeddingJob.NAME);

    private static final String SUBJECT = "knowledge";
    /** A server counts exactly only when it is asked for one tenant's. */
    private static final long INEXACT = 1000;
    private static final Duration MAX_WAIT = Duration.ofHours(1);
    private static final String STATE = """
            select model, width, case when waits_until > now() then wait_code end as stopped,
              (select count(*) from public.knowledge_generations where user_id = :tenant) as generations,
              (select count(*) from public.knowledge_items where user_id = :tenant) as texts,
              (select count(*) from public.knowledge_items where user_id = :tenant and change > coalesce(newest.embedded_to, 0)) as waiting,
              (select min(added_at) from public.knowledge_items where user_id = :tenant and change > coalesce(newest.embedded_to, 0)) as since,
              (select count(*) from public.knowledge_vectors where user_id = :tenant and generation = newest.generation
                and (change > newest.indexed_to or head.shared_build is distinct from head.build)) as absent,
              (select count(*) from public.knowledge_vectors where user_id = :tenant) as vectors
            from public.knowledge_heads as head
            left join (select * from public.knowledge_generations where user_id = :tenant order by model = coalesce(
                (select nullif(embeddings, 'built-in') from public.knowledge_settings where user_id = :tenant), :built_in) desc, generation desc limit 1) as newest
              on newest.user_id = :tenant
            where head.user_id = :tenant
            """;

    /** Of one tenant. */
    private record State(@Nullable String model, int width, @Nullable String stopped, int generations, long texts, long waiting, @Nullable Instant since,
            long absent, long vectors) {}

    private KnowledgeCheckup() {}

    /** Returns a finding on texts and their vectors and, where a vector server is configured, one on what it lacks. */
    public static List<Finding> of(DatabaseServer server, Environment environment) {
        List<State> states = new ArrayList<>();
        try (OwnerDoor owner = OwnerDoor.open(server)) {
            owner.eachTenant(() -> state(owner).ifPresent(states::add));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(texts(states, Instant.now()));
        if (!environment.getProperty("coral.knowledge.qdrant.host", "").isBlank()) {
            findings.add(vectors(states, VectorServer.of(environment).points()));
        }
        return findings;
    }

    /** @param points how many the server has, about; empty when it does not say */
    private static Finding vectors(List<State> states, OptionalLong points) {
        long absent = states.stream().mapToLong(State::absent).sum();
        long behind = states.stream().filter(state -> state.absent() > 0).count();
        long expected = states.stream().mapToLong(State::vectors).sum() - absent;
        long lost = expected - points.orElse(expected);
        String rest = absent + " vectors of " + behind + " tenants, each with its next search or within a day";
        if (lost > expected / INEXACT) {
            return Finding.warning(SUBJECT, "the vector server lacks about " + (lost + absent) + " vectors. It had " + lost + " of them"
                    + (absent == 0 ? "" : ", and still gets " + rest) + ". ./coral reindex gives it all vectors again");
        }
        return Finding.ok(SUBJECT, "the vector server " + (absent == 0 ? "has all vectors" : "still gets " + rest));
    }

    private static Optional<State> state(OwnerDoor owner) {
        return owner.tenants().sql(STATE).param("built_in", EmbeddingChoice.BUILT_IN.model()).first(row -> new State(row.getString("model"), row.getInt("width"),
                row.getString("stopped"), row.getInt("generations"), row.getLong("texts"), row.getLong("waiting"), Columns.optionalInstant(row, "since"), row.getLong("absent"),
                row.getLong("vectors")));
    }

    private static Finding texts(List<State> states, Instant now) {
        // What a tenant's own service, key or budget keeps back is shown to that tenant; the operator cannot mend it.
        List<State> goingOn = states.stream().filter(state -> state.stopped() == null).toList();
        TreeMap<String, Long> stopped = states.stream().flatMap(state -> Stream.ofNullable(state.stopped()))
                .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
        long waiting = goingOn.stream().mapToLong(State::waiting).sum();
        long changing = states.stream().filter(state -> state.generations() > 1).count();
        TreeSet<String> models = new TreeSet<>();
        states.stream().filter(state -> state.model() != null).forEach(state -> models.add(state.model() + " (" + state.width() + " numbers)"));
        long texts = states.stream().mapToLong(State::texts).sum();
        String said = texts + " pieces of texts of " + states.size() + " tenants can be searched"
                + (models.isEmpty() ? "" : ", with vectors by " + String.join(", ", models))
                + (changing == 0 ? "" : ", the newest of which " + changing + " tenants are changing to")
                + (stopped.isEmpty() ? "" : "; tenants wait for a service: " + stopped);
        if (waiting == 0) {
            return Finding.ok(SUBJECT, said);
        }
        Instant since = goingOn.stream().flatMap(state -> Stream.ofNullable(state.since())).min(Instant::compareTo).orElse(now);
        Duration oldest = Duration.between(since, now);
        String waits = said + "; " + waiting + " have no vector yet, the oldest since " + Math.max(0, oldest.toMinutes()) + " min";
        return oldest.compareTo(MAX_WAIT) <= 0 ? Finding.ok(SUBJECT, waits)
                : Finding.warning(SUBJECT, waits + ". Words find them. coral.log says what keeps the job from them, or that it was set aside and"
                        + " is tried again each hour. At least one process needs CORAL_EMBEDDING_THREADS above 0 and CORAL_ROLE set to all or worker.");
    }
}

package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import social.coral.Tally;
import social.coral.knowledge.QdrantPoints.Patience;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.knowledge.TenantWords.Entry;
import social.coral.tenancy.Tenant;

/**
 * Attacks every method of the indexes' ports with everything that another tenant has: its items, generations, vectors, kinds, names, words,
 * and its own id wherever one fits. A new method is attacked by itself; one with a parameter that no value can be made up for fails by name.
 */
class PortAttacksTest {

    private static final int FEWEST_BY_PORT = 80;
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final String WORDS = "the lighthouse keeper counts the ships";
    private static final Tally TALLY = new Tally("knowledge");
    private static final java.time.Duration ENOUGH = java.time.Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static QdrantStandIn server;
    private static QdrantVectors shared;
    private static LuceneVectors local;
    private static WordIndex words;

    enum Port {
        SHARED_VECTORS(TenantVectors.class, tenant -> shared.of(tenant)),
        LOCAL_VECTORS(TenantVectors.class, tenant -> local.of(tenant)),
        WORDS(TenantWords.class, tenant -> words.of(tenant));

        private final Class<?> type;
        private final Function<Tenant, Object> of;

        Port(Class<?> type, Function<Tenant, Object> of) {
            this.type = type;
            this.of = of;
        }

        private List<Method> methods() {
            return Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
                    .sorted(Comparator.comparing(Method::toString))
                    .toList();
        }

        /** Every call that can be made with what the victim has. */
        private List<Call> calls(Victim victim) {
            List<Call> calls = new ArrayList<>();
            for (Method method : methods()) {
                List<List<@Nullable Object>> combined = List.of(List.of());
                for (Parameter parameter : method.getParameters()) {
                    List<@Nullable Object> values = values(method, parameter, victim);
                    combined = combined.stream().flatMap(before -> values.stream().map(value -> {
                        List<@Nullable Object> longer = new ArrayList<>(before);
                        longer.add(value);
                        return longer;
                    })).toList();
                }
                combined.forEach(values -> calls.add(new Call(method, values)));
            }
            return calls;
        }

        private static List<@Nullable Object> values(Method method, Parameter parameter, Victim victim) {
            String id = victim.tenant().id().toString();
            return switch (parameter.getParameterizedType().getTypeName().replaceAll("[a-z.]+\\.", "")) {
                case "int" -> parameter.getName().equals("limit") ? List.of(1, 100) : List.of(0, 1, 2, Integer.MAX_VALUE);
                case "UUID" -> Arrays.asList(null, new UUID(0, 0), victim.tenant().id(), victim.items().getFirst());
                case "float[]" -> List.of(victim.points().getFirst().vector());
                case "TenantVectors$Narrowing", "Narrowing" -> List.of(Narrowing.NONE, new Narrowing("post", "mia", NOON, NOON.plusSeconds(60)), new Narrowing(id, null, null, null),
                        new Narrowing(null, "../" + id, null, null));
                case "String" -> List.of(Port.WORDS_OF_THE_VICTIM, '"' + PortAttacksTest.WORDS + '"', id, "../" + id + "/*", "user_id:" + id, "*:* -tide");
                case "Collection<UUID>" -> List.of(victim.items(), List.of(victim.tenant().id()),
                        victim.items().stream().map(item -> PointIds.of(victim.tenant(), item, 1)).toList());
                case "List<TenantVectors$Point>", "List<Point>" -> Stream.of("post", id, "../" + id).map(kind -> (Object) victim.points().stream()
                        .map(point -> new Point(point.item(), point.generation(), point.vector(), kind, "../" + id, NOON)).toList()).toList();
                case "List<TenantWords$Entry>", "List<Entry>" -> Stream.of("post", id, "../" + id).map(kind -> (Object) victim.items().stream()
                        .map(item -> new Entry(item, PortAttacksTest.WORDS, "en", kind, "../" + id, NOON)).toList()).toList();
                default -> fail("no value can be made up for %s of %s", parameter, method);
            };
        }

        private static final String WORDS_OF_THE_VICTIM = "lighthouse ships";
    }

    private record Victim(Tenant tenant, List<UUID> items, List<Point> points) {}

    private record Call(Method method, List<@Nullable Object> values) {

        /** What the port of a tenant answers; a position is moved and begun anew, too. */
        @Nullable Object on(Object port) {
            try {
                Object answer = method.invoke(port, values.toArray());
                Object found = answer instanceof Optional<?> optional ? optional.orElse(null) : answer;
                if (found instanceof Position position) {
                    position.moveTo(1_000_000);
                    position.begin(UUID.randomUUID());
                    return null;
                }
                return found;
            } catch (InvocationTargetException refused) {
                return refused.getCause() instanceof IllegalArgumentException ? null : fail(this + " broke", refused);
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeAll
    static void indexes() {
        server = new QdrantStandIn("");
        shared = new QdrantVectors(new QdrantSettings(server.url(), ""), "coral_embeddings_attacks", new Patience(ENOUGH, ENOUGH, ENOUGH), new Circuit(System::nanoTime));
        local = new LuceneVectors(folder.resolve("vectors"), 4);
        words = new WordIndex(folder.resolve("words"), 4);
    }

    @AfterAll
    static void closed() {
        shared.close();
        server.close();
        local.close();
        words.close();
        TALLY.write();
        assertThat(Port.values()).allSatisfy(port -> assertThat(TALLY.of(port.name())).isGreaterThan(FEWEST_BY_PORT));
    }

    private static Victim victim(Port port) {
        List<UUID> items = IntStream.range(0, 6).mapToObj(i -> UUID.randomUUID()).toList();
        List<Point> points = IntStream.range(0, 12).mapToObj(i -> new Point(items.get(i % 6), 1 + i / 6, VectorIndexContract.vector(VectorIndexContract.WIDTH, i), "post",
                i % 2 == 0 ? "mia" : null, NOON)).toList();
        Victim victim = new Victim(new Tenant(UUID.randomUUID()), items, points);
        switch (port.of.apply(victim.tenant())) {
            case TenantVectors vectors -> {
                vectors.put(points);
                vectors.position(1).ifPresent(position -> position.moveTo(12));
            }
            case TenantWords own -> {
                own.put(items.stream().map(item -> new Entry(item, WORDS + " of " + item, "en", "post", "mia", NOON)).toList());
                own.position().moveTo(6);
            }
            default -> throw new AssertionError(port);
        }
        return victim;
    }

    /** Everything that the victim can see of its own. */
    private static List<Object> print(Port port, Victim victim) {
        List<Object> print = new ArrayList<>();
        switch (port.of.apply(victim.tenant())) {
            case TenantVectors vectors -> {
                print.add(vectors.count());
                for (int generation : List.of(1, 2)) {
                    print.add(vectors.count(generation));
                    print.add(vectors.items(generation, null, 100));
                    print.add(vectors.nearest(generation, victim.points().getFirst().vector(), Narrowing.NONE, 100));
                    print.add(vectors.nearest(generation, victim.points().getFirst().vector(), new Narrowing("post", "mia", NOON, null), 100));
                    print.add(vectors.position(generation).map(position -> position.get() + " " + position.build()));
                }
            }
            case TenantWords own -> print.addAll(List.of(own.count(), own.items(null, 100), own.search(Port.WORDS_OF_THE_VICTIM, Narrowing.NONE, 100),
                    own.search(WORDS, new Narrowing("post", "mia", NOON, null), 100), own.position().get() + " " + own.position().build()));
            default -> throw new AssertionError(port);
        }
        return print;
    }

    private static boolean showsNothing(@Nullable Object answer) {
        return answer == null || answer.equals(0L) || answer.equals(false) || answer instanceof Collection<?> found && found.isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whoeverHasNothingSeesNothingAndChangesNothingWithAllThatAnotherHas(Port port) {
        Victim victim = victim(port);
        List<Object> before = print(port, victim);
        for (Call call : port.calls(victim)) {
            assertThat(call.on(port.of.apply(new Tenant(UUID.randomUUID())))).as("%s", call).matches(PortAttacksTest::showsNothing);
            assertThat(print(port, victim)).as("%s", call).isEqualTo(before);
            TALLY.add(port.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoeverTookAnothersIdForItsOwnSeesItsOwnAlone(Port port) {
        Victim victim = victim(port);
        List<Object> before = print(port, victim);
        Set<String> others = new LinkedHashSet<>(victim.items().subList(1, 6).stream().map(UUID::toString).toList());
        for (Call call : port.calls(victim)) {
            Tenant attacker = new Tenant(UUID.randomUUID());
            switch (port.of.apply(attacker)) {
                case TenantVectors vectors -> vectors.put(List.of(victim.points().getFirst()));
                case TenantWords own -> own.put(List.of(new Entry(victim.items().getFirst(), WORDS, "en", "post", "mia", NOON)));
                default -> throw new AssertionError(port);
            }
            assertThat(others).as("%s", call).noneMatch(String.valueOf(call.on(port.of.apply(attacker)))::contains);
            assertThat(print(port, victim)).as("%s", call).isEqualTo(before);
            TALLY.add(port.name());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theseCallsSeeAndChangeWhatIsTheirOwn(Port port) {
        Set<String> seeing = new LinkedHashSet<>();
        Set<String> changing = new LinkedHashSet<>();
        for (int i = 0; i < port.calls(victim(port)).size(); i++) {
            Victim own = victim(port);
            List<Object> before = print(port, own);
            Call call = port.calls(own).get(i);
            if (!showsNothing(call.on(port.of.apply(own.tenant())))) {
                seeing.add(call.method().getName());
            }
            if (!print(port, own).equals(before)) {
                changing.add(call.method().getName());
            }
        }
        // What expunge takes out of the files was not to be seen before.
        List<String> all = port.methods().stream().map(Method::getName).distinct()
                .filter(name -> !name.equals("expunge") && (port != Port.SHARED_VECTORS || !name.equals("position"))).toList();
        assertThat(Stream.concat(seeing.stream(), changing.stream())).containsAll(all);
    }
}

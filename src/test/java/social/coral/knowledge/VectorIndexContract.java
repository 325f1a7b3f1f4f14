package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.tenancy.Tenant;

/** What every index of vectors does. */
abstract class VectorIndexContract {

    /** An index with nothing in it. */
    interface Opened extends AutoCloseable {

        VectorIndex index();

        /** Closes it and opens it again. */
        void reopen();

        @Override
        void close();
    }

    static final int WIDTH = 384;
    static final Instant MORNING = Instant.parse("2026-03-01T08:00:00.000001Z");

    private static final int GENERATIONS = 3;
    private static final List<Tenant> TENANTS = tenants(3);
    // In the order of PostgreSQL, in which Java's own begins with the negative ones.
    private static final List<UUID> ITEMS = List.of(
            UUID.fromString("00000000-0000-4000-8000-000000000001"), UUID.fromString("0f000000-0000-4000-8000-000000000001"),
            UUID.fromString("7f000000-0000-4000-8000-000000000001"), UUID.fromString("80000000-0000-4000-8000-000000000001"),
            UUID.fromString("80000000-0000-4000-8000-000000000002"), UUID.fromString("ff000000-0000-4000-8000-000000000001"));

    abstract Opened open();

    static List<Tenant> tenants(int count) {
        return IntStream.range(0, count).mapToObj(number -> new Tenant(new UUID(0x4000L + number, 0x8000000000000000L + number))).toList();
    }

    static Point point(UUID item, int generation, long seed) {
        return new Point(item, generation, vector(WIDTH, seed), "post", "ada", MORNING);
    }

    static float[] vector(int width, long seed) {
        return near(new float[width], new Random(seed));
    }

    private static float[] near(float[] centre, Random random) {
        float[] vector = new float[centre.length];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (centre[i] + random.nextGaussian());
        }
        return normalized(vector);
    }

    private static float[] normalized(float[] vector) {
        double length = Math.sqrt(dot(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / length);
        }
        return vector;
    }

    private static double dot(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** Something that is done to an index, and to the plain list of points that it is compared with. */
    interface Action {
        void to(Opened opened, List<List<Point>> model);
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Integer> tenants = Arbitraries.integers().between(0, TENANTS.size() - 1);
        Arbitrary<Integer> generations = Arbitraries.integers().between(1, GENERATIONS);
        Arbitrary<Point> points = Combinators.combine(Arbitraries.of(ITEMS), generations, Arbitraries.longs().between(0, 1000), Arbitraries.of("post", "blog"),
                Arbitraries.of("ada", "Ada", "bo").injectNull(0.3), Arbitraries.integers().between(0, 3))
                .as((item, generation, seed, kind, author, micros) ->
                        new Point(item, generation, vector(WIDTH, seed), kind, author, MORNING.plusNanos(micros * 1000L)));
        Arbitrary<Action> puts = Combinators.combine(tenants, points.list().ofMinSize(1).ofMaxSize(8)).as((tenant, put) -> (opened, model) -> {
            List<Point> once = last(put);
            opened.index().of(TENANTS.get(tenant)).put(once);
            model.get(tenant).removeIf(old -> once.stream().anyMatch(point -> same(point, old)));
            model.get(tenant).addAll(once);
        });
        Arbitrary<Action> removals = Combinators.combine(tenants, Arbitraries.of(ITEMS).set().ofMinSize(1).ofMaxSize(3)).as((tenant, items) -> (opened, model) -> {
            opened.index().of(TENANTS.get(tenant)).remove(items);
            model.get(tenant).removeIf(point -> items.contains(point.item()));
        });
        Arbitrary<Action> ageing = Combinators.combine(tenants, generations).as((tenant, generation) -> (opened, model) -> {
            opened.index().of(TENANTS.get(tenant)).removeBefore(generation);
            model.get(tenant).removeIf(point -> point.generation() < generation);
        });
        Arbitrary<Action> takingBack = Combinators.combine(tenants, generations).as((tenant, generation) -> (opened, model) -> {
            opened.index().of(TENANTS.get(tenant)).removeAfter(generation);
            model.get(tenant).removeIf(point -> point.generation() > generation);
        });
        Arbitrary<Action> clearings = tenants.map(tenant -> (opened, model) -> {
            opened.index().of(TENANTS.get(tenant)).clear();
            model.get(tenant).clear();
        });
        Arbitrary<Action> reopenings = Arbitraries.just((opened, model) -> opened.reopen());
        return Arbitraries.frequencyOf(Tuple.of(12, puts), Tuple.of(4, removals), Tuple.of(1, ageing), Tuple.of(1, takingBack), Tuple.of(1, clearings), Tuple.of(1, reopenings))
                .list().ofMinSize(5).ofMaxSize(25);
    }

    private static List<Point> last(List<Point> points) {
        List<Point> once = new ArrayList<>();
        for (Point point : points) {
            once.removeIf(old -> same(point, old));
            once.add(point);
        }
        return once;
    }

    private static boolean same(Point one, Point other) {
        return one.item().equals(other.item()) && one.generation() == other.generation();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void eachTenantAndGenerationHasWhatWasPutThereAndNothingElse(@ForAll("actions") List<Action> actions) {
        List<List<Point>> model = TENANTS.stream().<List<Point>>map(tenant -> new ArrayList<>()).toList();
        try (Opened opened = open()) {
            for (Action action : actions) {
                action.to(opened, model);
            }
            for (int tenant = 0; tenant < TENANTS.size(); tenant++) {
                for (int generation = 1; generation <= GENERATIONS; generation++) {
                    int searched = generation;
                    List<Point> points = model.get(tenant).stream().filter(point -> point.generation() == searched).toList();
                    compare(opened.index().of(TENANTS.get(tenant)), generation, points);
                }
            }
        }
    }

    private static void compare(TenantVectors vectors, int generation, List<Point> points) {
        List<UUID> items = points.stream().map(Point::item).sorted(Comparator.comparingInt(ITEMS::indexOf)).toList();
        assertThat(vectors.count(generation)).isEqualTo(points.size());
        assertThat(paged(vectors, generation)).isEqualTo(items);
        Instant later = MORNING.plusNanos(2000);
        for (Narrowing narrowing : List.of(Narrowing.NONE, new Narrowing("blog", null, null, null), new Narrowing(null, "ada", null, null),
                new Narrowing(null, null, later, null), new Narrowing(null, null, null, later), new Narrowing("post", "bo", MORNING, later.plusNanos(1)))) {
            float[] target = vector(WIDTH, generation);
            List<Point> exact = points.stream().filter(point -> isIn(point, narrowing))
                    .sorted(Comparator.comparingDouble(point -> -dot(point.vector(), target))).toList();
            List<Hit> hits = vectors.nearest(generation, target, narrowing, 4);
            assertThat(hits).hasSize(Math.min(4, exact.size()));
            for (int i = 0; i < hits.size(); i++) {
                assertThat(hits.get(i).similarity()).isCloseTo((float) dot(exact.get(i).vector(), target), within(0.001f));
                Hit hit = hits.get(i);
                assertThat(exact).anyMatch(point -> point.item().equals(hit.item()) && Math.abs(dot(point.vector(), target) - hit.similarity()) < 0.001);
            }
        }
    }

    private static boolean isIn(Point point, Narrowing narrowing) {
        return (narrowing.kind() == null || narrowing.kind().equals(point.kind())) && (narrowing.author() == null || narrowing.author().equals(point.author()))
                && (narrowing.from() == null || !point.writtenAt().isBefore(narrowing.from()))
                && (narrowing.to() == null || point.writtenAt().isBefore(narrowing.to()));
    }

    private static List<UUID> paged(TenantVectors vectors, int generation) {
        List<UUID> all = new ArrayList<>();
        @Nullable UUID after = null;
        for (List<UUID> page = vectors.items(generation, after, 2); !page.isEmpty(); page = vectors.items(generation, after, 2)) {
            all.addAll(page);
            after = page.getLast();
        }
        return all;
    }

    @Test
    void generationsMayDifferInWidth() {
        try (Opened opened = open()) {
            TenantVectors vectors = opened.index().of(TENANTS.getFirst());
            Point wide = new Point(ITEMS.getFirst(), 2, vector(1536, 7), "post", null, MORNING);
            vectors.put(List.of(point(ITEMS.getFirst(), 1, 1), wide, point(ITEMS.getLast(), 1, 2)));
            assertThat(vectors.nearest(2, wide.vector(), Narrowing.NONE, 10)).extracting(Hit::item).containsExactly(ITEMS.getFirst());
            assertThat(vectors.nearest(1, vector(WIDTH, 2), Narrowing.NONE, 10)).extracting(Hit::item).containsExactly(ITEMS.getLast(), ITEMS.getFirst());
            vectors.removeBefore(2);
            assertThat(vectors.count(1)).isZero();
            assertThat(vectors.count(2)).isOne();
        }
    }

    @Test
    void whatIsPutIsThereAfterReopening() {
        try (Opened opened = open()) {
            opened.index().of(TENANTS.getFirst()).put(List.of(point(ITEMS.getFirst(), 1, 1)));
            opened.reopen();
            assertThat(opened.index().of(TENANTS.getFirst()).items(1, null, 10)).containsExactly(ITEMS.getFirst());
        }
    }

    @Test
    void manyWriteAndSearchAtOnceAndEachFindsWhatItPut() throws Exception {
        try (Opened opened = open(); ExecutorService threads = Executors.newFixedThreadPool(6)) {
            List<Future<?>> work = new ArrayList<>();
            for (int number = 0; number < 6; number++) {
                TenantVectors vectors = opened.index().of(TENANTS.get(number % 2));
                int mine = number;
                work.add(threads.submit(() -> {
                    for (int round = 0; round < 20; round++) {
                        Point point = point(new UUID(mine, round), 1, mine * 1000L + round);
                        vectors.put(List.of(point));
                        assertThat(vectors.nearest(1, point.vector(), Narrowing.NONE, 1)).extracting(Hit::item).containsExactly(point.item());
                        if (round % 2 == 1) {
                            vectors.remove(List.of(point.item()));
                        }
                        opened.index().of(TENANTS.getLast()).clear();
                    }
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
            assertThat(opened.index().of(TENANTS.get(0)).count(1)).isEqualTo(30);
            assertThat(opened.index().of(TENANTS.get(1)).count(1)).isEqualTo(30);
            assertThat(opened.index().of(TENANTS.getLast()).count(1)).isZero();
        }
    }

    @Test
    void ofTenThousandPointsTheNearestAreFound() {
        Random random = new Random(13);
        List<float[]> centres = IntStream.range(0, 200).mapToObj(number -> near(new float[WIDTH], random)).map(VectorIndexContract::stretched).toList();
        List<Point> points = IntStream.range(0, 10_000)
                .mapToObj(number -> new Point(new UUID(number, number), 1, near(centres.get(number % centres.size()), random), "post", null, MORNING))
                .toList();
        try (Opened opened = open()) {
            TenantVectors vectors = opened.index().of(TENANTS.getFirst());
            for (int from = 0; from < points.size(); from += 500) {
                vectors.put(points.subList(from, from + 500));
            }
            int found = 0;
            for (int query = 0; query < 50; query++) {
                float[] target = near(centres.get(query), random);
                List<Hit> all = points.stream().map(point -> new Hit(point.item(), (float) dot(point.vector(), target))).toList();
                Set<UUID> exact = all.stream().sorted(Comparator.comparingDouble(hit -> -hit.similarity())).limit(10).map(Hit::item).collect(Collectors.toSet());
                found += (int) vectors.nearest(1, target, Narrowing.NONE, 10).stream().map(Hit::item).filter(exact::contains).count();
            }
            assertThat(found / 500.0).isGreaterThanOrEqualTo(0.95);
        }
    }

    // As far from the origin as a text's topic is from the noise of its words.
    private static float[] stretched(float[] centre) {
        float[] far = centre.clone();
        for (int i = 0; i < far.length; i++) {
            far[i] *= 20;
        }
        return far;
    }
}

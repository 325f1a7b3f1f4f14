package social.coral.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.knowledge.QdrantPoints.Patience;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.tenancy.Tenant;

/** What an index promises, by the stand-in or by the server that QDRANT_TEST_HOST names. */
class QdrantVectorsTest {

    private static final int WIDTH = 384;
    private static final int GENERATION = 1;
    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private static final QdrantStandIn STAND_IN = new QdrantStandIn("");
    private static final String SERVER = Objects.requireNonNullElse(System.getenv("QDRANT_TEST_HOST"), STAND_IN.url());
    private static final QdrantVectors INDEX =
            new QdrantVectors(new QdrantSettings(SERVER, ""), "coral_embeddings_tests", new Patience(ENOUGH, ENOUGH, ENOUGH), new Circuit(System::nanoTime));

    private final Tenant tenant = new Tenant(UUID.randomUUID());
    private final TenantVectors vectors = INDEX.of(tenant);

    @AfterAll
    static void stopped() {
        INDEX.close();
        STAND_IN.close();
    }

    @Test
    void theNearestComesFirstWithItsSimilarity() {
        List<UUID> items = IntStream.range(0, 5).mapToObj(i -> UUID.randomUUID()).toList();
        vectors.put(IntStream.range(0, 5).mapToObj(i -> point(items.get(i), towards(i * 20))).toList());

        List<Hit> hits = vectors.nearest(GENERATION, towards(0), Narrowing.NONE, 3);
        assertThat(hits).extracting(Hit::item).containsExactlyElementsOf(items.subList(0, 3));
        assertThat(hits.get(0).similarity()).isCloseTo(1f, within(0.01f));
        assertThat(hits.get(1).similarity()).isCloseTo((float) Math.cos(Math.toRadians(20)), within(0.01f));
        assertThat(vectors.nearest(GENERATION, towards(180), Narrowing.NONE, 5).getLast().similarity()).isCloseTo(-1f, within(0.01f));
        assertThat(vectors.nearest(GENERATION, towards(0), Narrowing.NONE, 0)).isEmpty();
    }

    @Test
    void aPointThatIsPutAgainReplacesTheFormerOne() {
        UUID item = UUID.randomUUID();
        vectors.put(List.of(point(item, towards(0), "post", "mia", NOON)));
        vectors.put(List.of(point(item, towards(90), "blog", null, NOON.plusSeconds(60))));

        assertThat(vectors.count(GENERATION)).isOne();
        assertThat(vectors.nearest(GENERATION, towards(90), new Narrowing("blog", null, NOON.plusSeconds(60), null), 5).getFirst().similarity())
                .isCloseTo(1f, within(0.01f));
        assertThat(vectors.nearest(GENERATION, towards(90), new Narrowing(null, "mia", null, null), 5)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {384, 512, 1024, 1536, 3072})
    void generationsAreNeverMixedWhateverTheirWidths(int width) {
        UUID item = UUID.randomUUID();
        float[] other = wide(width, 7);
        vectors.put(List.of(point(item, towards(0)), new Point(item, 2, other, "post", null, NOON)));
        UUID added = UUID.randomUUID();
        vectors.put(List.of(new Point(added, 2, wide(width, 8), "post", null, NOON)));

        assertThat(vectors.count(GENERATION)).isOne();
        assertThat(vectors.count(2)).isEqualTo(2);
        assertThat(vectors.items(GENERATION, null, 10)).containsExactly(item);
        assertThat(vectors.nearest(GENERATION, towards(0), Narrowing.NONE, 10)).extracting(Hit::item).containsExactly(item);
        assertThat(vectors.nearest(2, wide(width, 8), Narrowing.NONE, 10)).extracting(Hit::item).containsExactly(added, item);
        assertThat(vectors.nearest(3, towards(0), Narrowing.NONE, 10)).isEmpty();

        vectors.removeBefore(2);
        assertThat(vectors.count(GENERATION)).isZero();
        assertThat(vectors.count(2)).isEqualTo(2);
        vectors.remove(List.of(item));
        assertThat(vectors.items(2, null, 10)).containsExactly(added);
    }

    @Test
    void anItemIsRemovedInAllGenerationsAndRemovingWhatIsNotThereDoesNoHarm() {
        List<UUID> items = IntStream.range(0, 1_200).mapToObj(i -> UUID.randomUUID()).toList();
        vectors.put(items.stream().flatMap(item -> Stream.of(1, 2).map(generation -> new Point(item, generation, towards(3), "post", null, NOON))).toList());
        assertThat(vectors.count(1)).isEqualTo(1_200);

        vectors.remove(items.subList(0, 1_100));
        vectors.remove(items.subList(0, 2));
        vectors.remove(List.of());

        assertThat(vectors.count(1)).isEqualTo(100);
        assertThat(vectors.count(2)).isEqualTo(100);
        assertThat(vectors.items(1, null, 2_000)).containsExactlyInAnyOrderElementsOf(items.subList(1_100, 1_200));
        vectors.clear();
        assertThat(vectors.count(1) + vectors.count(2)).isZero();
    }

    static Stream<Arguments> narrowings() {
        return Stream.of(
                Arguments.of(Narrowing.NONE, Set.of(0, 1, 2, 3)),
                Arguments.of(new Narrowing("post", null, null, null), Set.of(0, 1)),
                Arguments.of(new Narrowing(null, "mia", null, null), Set.of(0, 2)),
                Arguments.of(new Narrowing("post", "mia", null, null), Set.of(0)),
                Arguments.of(new Narrowing(null, "MIA", null, null), Set.of()),
                Arguments.of(new Narrowing(null, null, NOON.plusSeconds(1), null), Set.of(1, 2, 3)),
                Arguments.of(new Narrowing(null, null, null, NOON.plusSeconds(2)), Set.of(0, 1)),
                Arguments.of(new Narrowing(null, null, NOON.plusSeconds(1), NOON.plusSeconds(3)), Set.of(1, 2)),
                Arguments.of(new Narrowing(null, null, Instant.MIN, Instant.MAX), Set.of(0, 1, 2, 3)),
                Arguments.of(new Narrowing("insight", null, null, null), Set.of()));
    }

    @ParameterizedTest
    @MethodSource("narrowings")
    void aSearchIsNarrowedByKindAuthorAndTime(Narrowing narrowing, Set<Integer> expected) {
        List<UUID> items = IntStream.range(0, 4).mapToObj(i -> UUID.randomUUID()).toList();
        vectors.put(List.of(
                point(items.get(0), towards(0), "post", "mia", NOON),
                point(items.get(1), towards(5), "post", "noah", NOON.plusSeconds(1)),
                point(items.get(2), towards(9), "blog", "mia", NOON.plusSeconds(2)),
                point(items.get(3), towards(14), "blog", null, NOON.plusSeconds(3))));

        assertThat(vectors.nearest(GENERATION, towards(0), narrowing, 10)).extracting(hit -> items.indexOf(hit.item()))
                .containsExactlyElementsOf(expected.stream().sorted().toList());
    }

    @Test
    void itemsAreListedInTheOrderOfTheDatabaseHoweverTheirIdsStart() {
        Random random = new Random(13);
        List<UUID> items = new ArrayList<>(IntStream.range(0, 300).mapToObj(i -> new UUID(random.nextLong(), random.nextLong())).toList());
        IntStream.range(0, 300).forEach(i -> items.add(new UUID(0x8123_4567_89ab_0000L | i % 3, random.nextLong())));
        IntStream.range(0, 20).forEach(i -> items.add(new UUID(-1, i - 10L)));
        items.add(new UUID(0, 0));
        Collections.shuffle(items, random);
        vectors.put(items.stream().map(item -> point(item, towards(1))).toList());

        List<UUID> ordered = items.stream().sorted(Comparator.comparing(UUID::toString)).toList();
        assertThat(vectors.items(GENERATION, null, 5_000)).isEqualTo(ordered);
        for (int limit : new int[] {1, 7, 150, 621}) {
            List<UUID> pages = new ArrayList<>();
            List<UUID> page = vectors.items(GENERATION, null, limit);
            while (!page.isEmpty()) {
                assertThat(page).hasSizeLessThanOrEqualTo(limit);
                pages.addAll(page);
                page = limit == 1 && pages.size() > 30 ? List.of() : vectors.items(GENERATION, pages.getLast(), limit);
            }
            assertThat(pages).isEqualTo(limit == 1 ? ordered.subList(0, pages.size()) : ordered);
        }
    }

    @Test
    void vectorsThatNoEmbeddingMakesAreRefusedBeforeTheServerIsAsked() {
        float[] broken = towards(0);
        broken[3] = Float.NaN;
        for (float[] vector : List.of(new float[0], new float[768], broken)) {
            assertThatThrownBy(() -> vectors.put(List.of(point(UUID.randomUUID(), towards(0)), point(UUID.randomUUID(), vector))))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> vectors.nearest(GENERATION, vector, Narrowing.NONE, 1)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(vectors.count(GENERATION)).isZero();
    }

    static Stream<Arguments> attacks() {
        return Stream.<Consumer<Attack>>of(
                attack -> attack.index().put(attack.items().stream().map(item -> point(item, towards(170), "blog", "eve", NOON.plusSeconds(9))).toList()),
                attack -> attack.index().remove(attack.items()),
                attack -> attack.index().removeBefore(Integer.MAX_VALUE),
                attack -> attack.index().removeAfter(0),
                attack -> attack.index().clear(),
                attack -> assertThat(attack.index().count(GENERATION)).isZero(),
                attack -> assertThat(attack.index().items(GENERATION, null, 100)).isEmpty(),
                attack -> assertThat(attack.index().items(GENERATION, attack.items().getFirst(), 100)).isEmpty(),
                attack -> assertThat(attack.index().nearest(GENERATION, towards(0), Narrowing.NONE, 100)).isEmpty(),
                attack -> assertThat(attack.index().nearest(GENERATION, towards(0), new Narrowing("post", "mia", NOON, null), 100)).isEmpty(),
                attack -> assertThat(attack.index().nearest(GENERATION, towards(0), new Narrowing(attack.victim().id().toString(), null, null, null), 100)).isEmpty())
                .map(Arguments::of);
    }

    private record Attack(TenantVectors index, Tenant victim, List<UUID> items) {}

    @ParameterizedTest
    @MethodSource("attacks")
    void whoeverKnowsAnothersIdsCanNeitherSeeNorChangeNorCountAnything(Consumer<Attack> attack) {
        List<UUID> items = IntStream.range(0, 20).mapToObj(i -> UUID.randomUUID()).toList();
        vectors.put(IntStream.range(0, 20).mapToObj(i -> point(items.get(i), towards(i), "post", "mia", NOON)).toList());
        List<Object> before = seen();

        attack.accept(new Attack(INDEX.of(new Tenant(UUID.randomUUID())), tenant, items));

        assertThat(seen()).isEqualTo(before);
    }

    @Test
    void theSameItemOfTwoTenantsIsTwoPoints() {
        UUID item = UUID.randomUUID();
        TenantVectors others = INDEX.of(new Tenant(UUID.randomUUID()));
        vectors.put(List.of(point(item, towards(0))));
        others.put(List.of(point(item, towards(90))));

        vectors.clear();
        assertThat(vectors.count(GENERATION)).isZero();
        assertThat(others.nearest(GENERATION, towards(90), Narrowing.NONE, 5).getFirst().similarity()).isCloseTo(1f, within(0.01f));
    }

    @Test
    void idsOfPointsAreNamesOfVersionFiveThatDifferByTenantItemAndGeneration() {
        Set<UUID> ids = new HashSet<>();
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        for (Tenant owner : List.of(new Tenant(one), new Tenant(two))) {
            for (UUID item : List.of(one, two)) {
                for (int generation : new int[] {0, 1, -1, 256}) {
                    UUID id = PointIds.of(owner, item, generation);
                    assertThat(id.version()).isEqualTo(5);
                    assertThat(id.variant()).isEqualTo(2);
                    assertThat(PointIds.of(owner, item, generation)).isEqualTo(id);
                    ids.add(id);
                }
            }
        }
        assertThat(ids).hasSize(16);
    }

    private List<Object> seen() {
        return List.of(vectors.count(GENERATION), vectors.items(GENERATION, null, 100), vectors.nearest(GENERATION, towards(0), Narrowing.NONE, 100),
                vectors.nearest(GENERATION, towards(0), new Narrowing("post", "mia", NOON, NOON.plusSeconds(1)), 100));
    }

    private static Point point(UUID item, float[] vector) {
        return point(item, vector, "post", "mia", NOON);
    }

    private static Point point(UUID item, float[] vector, String kind, @Nullable String author, Instant at) {
        return new Point(item, GENERATION, vector, kind, author, at);
    }

    /** A direction in one plane, so that similarities are the cosines of angles. */
    private static float[] towards(int degrees) {
        float[] vector = new float[WIDTH];
        vector[0] = (float) Math.cos(Math.toRadians(degrees));
        vector[1] = (float) Math.sin(Math.toRadians(degrees));
        return vector;
    }

    private static float[] wide(int width, int seed) {
        Random random = new Random(seed);
        float[] vector = new float[width];
        for (int i = 0; i < width; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }
}

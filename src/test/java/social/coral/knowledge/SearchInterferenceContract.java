package social.coral.knowledge;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.content.ForgottenPosts;
import social.coral.imports.Imported;
import social.coral.installation.DatabaseServer;
import social.coral.knowledge.ItemRows.Extent;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;
import social.coral.tenancy.OwnerDoor;
import social.coral.tenancy.TenantDoor;

/** What a tenant finds, and that it is answered at all, is the same whatever another does with the same indexes. */
@Import(HeldTexts.class)
abstract class SearchInterferenceContract {

    private static final int STEPS = Integer.getInteger("coral.test.interference.steps", 40);
    private static final Instant WRITTEN = Instant.parse("2026-05-01T12:00:00Z");
    // No two are equally good for a question: which of two such is first is by chance.
    private static final List<String> TEXTS = List.of("Warm water is killing the corals.", "Warm water is killing all the corals.", "The reef bleaches faster than before",
            "Central banks make borrowing more expensive.", "Mortgage rates climb and buyers wait", "The dome opens at eight tonight: bring a warm coat",
            "The dome opens at eight tonight, so bring a warm coat", "Turtles nest on the beach at night", "The kettle is on, the tea is warm");
    private static final List<KnowledgeQuestion> QUESTIONS = List.of(question("warm water", null, null), question("interest rates go up", null, null),
            question("\"dome opens\"", null, null), question("night", null, "reef_1"), question("what dies in the sea", "post", null), question("warm", "note", null));

    @Autowired
    private People people;

    @Autowired
    private TenantDoor door;

    @Autowired
    private DatabaseServer database;

    @Autowired
    private KnowledgeSearch search;

    @Autowired
    private KnowledgeIndexes indexes;

    @Autowired
    private ItemRows items;

    @Autowired
    private VectorRows rows;

    @Autowired
    private Generations generations;

    @Autowired
    private Notes notes;

    @Autowired
    private ForgottenPosts forgotten;

    private static KnowledgeQuestion question(String text, @Nullable String kind, @Nullable String author) {
        return new KnowledgeQuestion(text, kind, author, null, null, null, false, 20);
    }

    private enum Act { WRITE, NOTE, FORGET_AUTHOR, FORGET_NOTE, REBUILD, SEARCH, LEAVE }

    private static final List<Act> ACTS = List.of(Act.WRITE, Act.WRITE, Act.WRITE, Act.WRITE, Act.NOTE, Act.NOTE, Act.FORGET_AUTHOR, Act.FORGET_NOTE, Act.REBUILD,
            Act.SEARCH, Act.SEARCH, Act.LEAVE);

    /** One act of a history. The numbers choose from so small a stock that both tenants often do the same. */
    private record Step(boolean ofTheObserver, Act act, int number) {

        static Step random(Random random) {
            boolean observer = random.nextBoolean();
            return new Step(observer, ACTS.get(random.nextInt(observer ? ACTS.size() - 1 : ACTS.size())), random.nextInt(TEXTS.size()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatATenantFindsIsTheSameWhateverAnotherDoes(long seed) throws Exception {
        Random random = new Random(seed);
        List<Step> steps = IntStream.range(0, STEPS).mapToObj(i -> Step.random(random)).toList();
        List<String> alone = played(steps.stream().filter(Step::ofTheObserver).toList());
        assertThat(alone.toString()).contains("words", "meaning", "note", "post");
        assertThat(played(steps)).containsExactlyElementsOf(alone);
    }

    private List<String> played(List<Step> steps) throws Exception {
        TestPerson observer = people.aPerson();
        TestPerson other = people.aPerson();
        List<String> told = new ArrayList<>();
        for (Step step : steps) {
            if (step.act() == Act.LEAVE) {
                other.api().send("DELETE", "/api/user", BodyPublishers.ofString("{\"waive_grace\": true}"), "application/json");
                other = people.aPerson();
            } else if (step.ofTheObserver()) {
                act(observer, step, told);
                awaitIndexed(observer);
            } else {
                act(other, step, new ArrayList<>());
            }
        }
        for (KnowledgeQuestion question : QUESTIONS) {
            told.add(answer(observer, question));
        }
        observer.tenant().run(() -> told.add(items.extent() + " " + indexes.words().count() + " " + indexes.vectors().count()));
        return told;
    }

    private void act(TestPerson person, Step step, List<String> told) throws Exception {
        String text = TEXTS.get(step.number());
        switch (step.act()) {
            case WRITE -> write(person, step.number(), text);
            case NOTE -> person.tenant().run(() -> notes.keep("agent", "note " + step.number() % 3, "As noted: " + text, "en"));
            case FORGET_AUTHOR -> person.tenant().run(() -> forgotten.forgetAllBy("reef_" + step.number() % 3));
            case FORGET_NOTE -> person.tenant().run(() -> notes.drop("agent", "note " + step.number() % 3));
            case REBUILD -> {
                try (OwnerDoor owner = OwnerDoor.open(database)) {
                    person.tenant().run(() -> Rebuild.begin(owner.tenants()));
                }
            }
            case SEARCH -> told.add(answer(person, QUESTIONS.get(step.number() % QUESTIONS.size())));
            case LEAVE -> throw new AssertionError(step);
        }
    }

    private void write(TestPerson person, int number, String text) {
        person.tenant().run(() -> Imported.posts(door, new Post("205000000000000010" + number, "reef_" + number % 3, text, WRITTEN.plusSeconds(number), "en",
                null, null, new PostCounts(0, 0, 0))));
    }

    /** Without ids and moments, and with what a search says of itself. As runs do, which may search more often. */
    private String answer(TestPerson person, KnowledgeQuestion question) throws Exception {
        KnowledgeAnswer answer = person.tenant().call(() -> search.searchForRun(question));
        return question.text() + " " + answer.notice() + " " + answer.results().stream()
                .map(found -> List.of(found.kind(), found.text(), found.score(), found.source(), String.valueOf(found.author()), String.valueOf(found.url()), found.foundBy(),
                        found.alike(), found.matches()).toString())
                .toList();
    }

    /** Until all indexes hold what the rows say and nothing else, so that what is found depends on nothing but the history. */
    private void awaitIndexed(TestPerson person) {
        await().atMost(ofMinutes(2)).untilAsserted(() -> person.tenant().run(() -> {
            Extent there = items.extent();
            assertThat(indexes.followShortly(indexes.followedWords())).isTrue();
            assertThat(indexes.words().count()).isEqualTo(there.count());
            assertThat(indexes.vectors().count()).isEqualTo(there.count());
            generations.list().forEach(generation -> {
                assertThat(rows.extent(generation.number()).count()).isEqualTo(there.count());
                assertThat(indexes.isUpToDate(indexes.followedVectors(generation))).isTrue();
                assertThat(generation.embeddedTo()).isGreaterThanOrEqualTo(there.lastChange());
            });
        }));
    }

    private TestPerson withAPost() {
        TestPerson person = people.aPerson();
        write(person, 0, TEXTS.getFirst());
        awaitIndexed(person);
        return person;
    }

    private void assertThatItIsAnswered(TestPerson person) throws Exception {
        assertThat(answer(person, QUESTIONS.getFirst())).startsWith("warm water null [[post, Warm water is killing the corals., ");
        assertThat(person.get("/api/search?q=warm").json().at("/results")).hasSize(1);
    }

    @Test
    void nobodyWaitsWhileTheIndexesOfAnotherAreMadeAnew() throws Exception {
        TestPerson person = withAPost();
        TestPerson other = withAPost();
        CountDownLatch begun = new CountDownLatch(2);
        CountDownLatch over = new CountDownLatch(1);
        HeldTexts.Before held = () -> {
            begun.countDown();
            over.await();
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> work = new ArrayList<>();
            other.tenant().run(() -> {
                FollowedIndex vectors = indexes.followedVectors(generations.list().getFirst());
                for (FollowedIndex index : List.of(indexes.followedWords(), vectors)) {
                    work.add(threads.submit(() -> other.tenant().run(() -> {
                        index.clear();
                        // Past the lock by which one at a time follows, so that both are held at once.
                        Follower.follow(HeldTexts.before(FollowedIndex.class, index, "putAfter", held), () -> false, () -> {});
                    })));
                }
            });
            begun.await();
            assertThatItIsAnswered(person);
            over.countDown();
            for (Future<?> each : work) {
                each.get();
            }
        }
    }

    @Test
    void nobodyWaitsForTheManySearchesOfAnother() throws Exception {
        TestPerson person = withAPost();
        TestPerson other = withAPost();
        try (ExecutorService threads = Executors.newFixedThreadPool(8); HeldTexts.Hold hold = HeldTexts.hold(other.tenant())) {
            List<Future<String>> searches = IntStream.range(0, 8).mapToObj(i -> threads.submit(() -> answer(other, QUESTIONS.getFirst()))).toList();
            hold.awaitArrival();
            assertThatItIsAnswered(person);
            assertThat(searches).as("the one that is held").anyMatch(each -> !each.isDone());
        }
        assertThat(answer(other, QUESTIONS.getFirst())).contains("corals");
    }

    @Test
    void whatAnotherHasIsAskedForAsWhatNobodyHas() throws Exception {
        TestPerson attacker = people.aPerson();
        TestPerson victim = withAPost();
        victim.tenant().run(() -> notes.keep("agent", "secret", "The lighthouse keeper counts the ships", "en"));
        awaitIndexed(victim);
        List<KnowledgeQuestion> attacks = List.of(question("lighthouse", null, null), question("\"lighthouse keeper\"", "note", null), question(TEXTS.getFirst(), "post", "reef_0"),
                question(victim.id().toString(), null, null), question("user_id:" + victim.id(), null, null), question("../" + victim.id() + "/*", null, null),
                question("* -tide", null, null));
        String before = victim.tenant().call(() -> items.extent() + " " + indexes.words().count() + " " + indexes.vectors().count() + answer(victim, attacks.getFirst()));
        for (KnowledgeQuestion attack : attacks) {
            assertThat(attacker.tenant().call(() -> search.search(attack))).as(attack.text()).isEqualTo(new KnowledgeAnswer(List.of(), null));
        }
        assertThat(victim.tenant().<String, Exception>call(
                () -> items.extent() + " " + indexes.words().count() + " " + indexes.vectors().count() + answer(victim, attacks.getFirst()))).isEqualTo(before);
    }
}

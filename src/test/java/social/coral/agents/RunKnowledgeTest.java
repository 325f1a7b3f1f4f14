package social.coral.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.TestPerson;
import social.coral.api.Page;
import social.coral.imports.Imported;
import social.coral.knowledge.KnowledgeAnswer.Result;
import social.coral.knowledge.KnowledgeQuestion;
import social.coral.knowledge.Note;
import social.coral.knowledge.Notes;
import social.coral.networks.Post;
import social.coral.networks.PostCounts;

/** What a run may do with its tenant's knowledge, and what not. */
@CoralTest
class RunKnowledgeTest extends ScriptedRun {

    private static final String NAME = "topic/reef";
    private static final String TEXT = "Warm water bleaches the reef.";
    private static final List<String> ODD_NAMES = List.of("../other/" + NAME, "other/" + NAME, "%", "_", "' or name <> '", "other\n" + NAME);

    @Autowired
    private People people;

    @Autowired
    private Notes notes;

    private TestPerson person;

    @BeforeEach
    void somebody() {
        person = people.aPerson();
        tenant = person.tenant();
    }

    private List<Note> noted() throws Exception {
        return tenant.call(() -> notes.list(new Page(100, 0)));
    }

    private List<String> texts() throws Exception {
        return noted().stream().map(note -> note.agent() + " " + note.name() + ": " + note.content()).toList();
    }

    private AgentRun worked(Function<Run, String> work) throws Exception {
        UUID run = aRun();
        work(run, work);
        return read(run);
    }

    /** What a step of a new run came to. */
    private AgentRun.RunStep step(Run.Step work, Run[] given) throws Exception {
        return worked(run -> {
            given[0] = run;
            run.step("one", work);
            return "done";
        }).steps().getFirst();
    }

    private AgentRun.RunStep remembered(String name, String text) throws Exception {
        Run[] run = new Run[1];
        return step(memory -> {
            run[0].knowledge().remember(name, text, "en");
            return "noted";
        }, run);
    }

    private List<Result> found(String question) throws Exception {
        List<Result> found = new ArrayList<>();
        worked(run -> {
            found.addAll(run.knowledge().search(KnowledgeQuestion.of(question)).results());
            return "searched";
        });
        return found;
    }

    @Test
    void whatAnAgentRemembersIsFoundByLaterRunsAndByThePersonWithWhereItIsFrom() throws Exception {
        tenant.run(() -> Imported.posts(door, new Post("2050000000000000001", "reef", "The reef is loud at night", Instant.parse("2026-05-01T12:00:00Z"), "en",
                null, null, new PostCounts(0, 0, 0))));
        assertThat(remembered(NAME, TEXT).status()).isEqualTo(StepStatus.SUCCEEDED);

        assertThat(found("reef")).extracting(Result::kind).containsExactlyInAnyOrder("post", "note");
        assertThat(person.get("/api/search?q=reef&kind=note").json().at("/results")).singleElement().satisfies(result -> {
            assertThat(result.at("/text").asString()).isEqualTo(TEXT);
            assertThat(result.at("/source").asString()).isEqualTo("scripted");
            assertThat(result.at("/author").isNull()).isTrue();
            assertThat(Instant.parse(result.at("/created_at").asString())).isEqualTo(noted().getFirst().updatedAt());
        });
    }

    @Test
    void theSameNameReplacesAndTheSameTextChangesNothing() throws Exception {
        remembered(NAME, TEXT);
        Note first = noted().getFirst();
        remembered(NAME, TEXT);
        assertThat(noted()).containsExactly(first);
        remembered(NAME, "Cold water spares it.");
        assertThat(texts()).containsExactly("scripted topic/reef: Cold water spares it.");
        assertThat(noted().getFirst().id()).isEqualTo(first.id());
        assertThat(found("bleaches")).isEmpty();
        assertThat(found("spares")).hasSize(1);
    }

    @Test
    void aRunThatIsInterruptedAnywhereRemembersOnce() throws Exception {
        Random crashes = new Random(11);
        for (int round = 0; round < 5; round++) {
            UUID run = aRun();
            while (!status(run).isOver()) {
                try {
                    work(run, given -> {
                        for (String name : given.plan(List.of("one", "two", "three"))) {
                            given.step(name, memory -> memory.commit(() -> {
                                given.knowledge().remember(name, TEXT + " " + name, null);
                                maybeCrash(crashes);
                                return new Run.Committed<>(new Done(1), "noted");
                            }));
                            maybeCrash(crashes);
                            given.knowledge().remember("last", name, null);
                            given.knowledge().forget("never there");
                            maybeCrash(crashes);
                        }
                        return "all done";
                    });
                } catch (Crash crash) {
                    // The process died here; the next turn of the loop is its restart.
                }
            }
            assertThat(texts()).containsExactlyInAnyOrder("scripted one: " + TEXT + " one", "scripted two: " + TEXT + " two",
                    "scripted three: " + TEXT + " three", "scripted last: three");
        }
    }

    @Test
    void aRunThatWasCancelledOrTakenOverWritesNothingMore() throws Exception {
        remembered(NAME, TEXT);
        UUID cancelled = aRun();
        work(cancelled, run -> {
            tenant.run(() -> runs.cancel(cancelled));
            run.knowledge().remember("later", TEXT, "en");
            return "done";
        });
        assertThat(status(cancelled)).isEqualTo(RunStatus.CANCELLED);
        UUID taken = aRun();
        work(taken, run -> {
            assertThat(tools.ledger().take(taken)).isPresent();
            run.knowledge().forget(NAME);
            return "done";
        });
        assertThat(texts()).containsExactly("scripted topic/reef: " + TEXT);
    }

    @Test
    void anAgentForgetsItsOwnAndNobodyElses() throws Exception {
        tenant.run(() -> notes.keep("other", NAME, "Of another agent.", null));
        TestPerson stranger = people.aPerson();
        stranger.tenant().run(() -> notes.keep("scripted", NAME, "Of another tenant.", null));
        List<Note> theirs = stranger.tenant().call(() -> notes.list(new Page(100, 0)));
        List<Note> others = noted();
        worked(run -> {
            run.knowledge().remember(NAME, TEXT, "en");
            for (String name : ODD_NAMES) {
                run.knowledge().remember(name, "Odd.", "en");
                run.knowledge().forget(name);
                run.knowledge().forget(name);
            }
            run.knowledge().forget(NAME);
            run.knowledge().forget(theirs.getFirst().id().toString());
            assertThat(run.knowledge().search(KnowledgeQuestion.of("tenant")).results()).isEmpty();
            return "done";
        });
        assertThat(noted()).isEqualTo(others);
        assertThat(stranger.tenant().call(() -> notes.list(new Page(100, 0)))).isEqualTo(theirs);
        assertThat(stranger.get("/api/search?q=another%20tenant").json().at("/results")).hasSize(1);
    }

    @Test
    void whatDoesNotFitFailsTheStepInWordsAndNothingIsStored() throws Exception {
        assertThat(remembered(NAME, "a".repeat(Notes.MAX_LENGTH + 1)).error()).isEqualTo("A note can have 10,000 characters at most. This one has 10,001.");
        assertThat(remembered(NAME, " \n").error()).isEqualTo("A note cannot be empty.");
        assertThat(remembered(NAME, "a\0b").error()).isEqualTo("A note has a character that cannot be stored.");
        assertThat(remembered("n".repeat(101), TEXT).error()).isEqualTo("A note's name can have 100 characters at most. This one has 101.");
        assertThat(noted()).isEmpty();
        assertThat(remembered("n".repeat(100), "\u6f22".repeat(Notes.MAX_LENGTH)).status()).isEqualTo(StepStatus.SUCCEEDED);
    }

    @Test
    void anAgentHasRoomForSoManyNotes() throws Exception {
        tenant.run(() -> door.sql("""
                insert into public.agent_notes (agent, name, content) select 'scripted', 'note ' || number, 'tide' from generate_series(1, :most) as number
                """).param("most", Notes.MAX_OF_AN_AGENT).update());
        assertThat(remembered(NAME, TEXT).error()).isEqualTo("An agent can keep 5,000 notes at most. Forget some under Knowledge first.");
        assertThat(remembered("note 7", TEXT).status()).isEqualTo(StepStatus.SUCCEEDED);
        tenant.run(() -> notes.keep("other", NAME, TEXT, null));
        assertThat(tenant.call(() -> notes.count())).isEqualTo(Notes.MAX_OF_AN_AGENT + 1);
    }

    @Test
    void aStepThatSearchesAllTheTimeIsSlowedDownAndEndsAndThePersonStillSearches() throws Exception {
        Run[] run = new Run[1];
        AgentRun.RunStep searched = step(memory -> {
            for (int i = 0; i < 310; i++) {
                run[0].knowledge().search(KnowledgeQuestion.of("reef"));
            }
            return "searched";
        }, run);
        assertThat(searched.status()).isEqualTo(StepStatus.SUCCEEDED);
        assertThat(searched.attempts()).isOne();
        assertThat(person.get("/api/search?q=reef").status()).isEqualTo(200);
    }

    @Test
    void runsThatSearchFarTooOftenTogetherPause() throws Exception {
        UUID run = aRun();
        work(run, given -> {
            given.step("one", memory -> {
                List<RunEnd.Pause> pauses = new CopyOnWriteArrayList<>();
                try (ExecutorService searching = Executors.newVirtualThreadPerTaskExecutor()) {
                    IntStream.range(0, 1_000).forEach(i -> searching.execute(() -> tenant.run(() -> {
                        try {
                            given.knowledge().search(KnowledgeQuestion.of("reef"));
                        } catch (RunEnd.Pause pause) {
                            pauses.add(pause);
                        }
                    })));
                }
                throw pauses.stream().filter(pause -> pause.code.equals("rate_limited")).findFirst().orElseThrow();
            });
            return "done";
        });
        AgentRun now = read(run);
        assertThat(now.status()).isEqualTo(RunStatus.WAITING);
        assertThat(now.errorCode()).isEqualTo("rate_limited");
        assertThat(now.error()).startsWith("Your agents can search 300 times a minute. The next search is possible in ");
        assertThat(now.waitingUntil()).isNotNull();
        assertThat(now.steps().getFirst().status()).isEqualTo(StepStatus.WAITING);
    }

    @Test
    void whatCannotBeSearchedForFailsTheStepInWords() throws Exception {
        Run[] run = new Run[1];
        assertThat(step(memory -> String.valueOf(run[0].knowledge().search(KnowledgeQuestion.of("a".repeat(501)))), run).error())
                .isEqualTo("Searches are limited to 500 characters; yours has 501.");
    }

    private static final class Crash extends Error {}

    private static void maybeCrash(Random crashes) {
        if (crashes.nextInt(6) == 0) {
            throw new Crash();
        }
    }
}

package social.coral.interference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestContextManager;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;
import social.coral.ApiRoute;
import social.coral.CoralTest;
import social.coral.People;
import social.coral.Route;
import social.coral.Tally;
import social.coral.TestPerson;
import social.coral.interference.Step.Actor;
import social.coral.tenancy.TenantDoor;

/**
 * What a tenant can observe is the same whether another acted or not. {@code -Dcoral.test.interference.steps=} makes the
 * sequences longer than those that every build plays.
 */
@Tag("database")
class NonInterferenceProperties {

    private static final int STEPS = Integer.getInteger("coral.test.interference.steps", 60);
    private static final int FEWEST = 2_000;
    private static final Tally TALLY = new Tally("interference");

    // What would stop the observer from observing, at a moment that no test knows.
    private static final Set<String> ENDS = Set.of("DELETE /api/user");

    /** What the property needs of the product under test, which is started once for all tests. */
    @CoralTest
    static class Product {

        @Autowired
        People people;

        @Autowired
        TenantDoor door;

        @Autowired
        List<RequestMappingInfoHandlerMapping> registries;
    }

    private final Product product = new Product();
    private List<ApiRoute> routes = List.of();
    private List<String> pages = List.of();

    @BeforeProperty
    void theProduct() throws Exception {
        new TestContextManager(Product.class).prepareTestInstance(product);
        // Who signs in from this machine is counted for the machine, so acts outside the API are left out.
        routes = ApiRoute.all(product.people.aStranger()).stream().filter(ApiRoute::isApi).toList();
        Predicate<Route> isPage = route -> route.method().equals("GET") && Stream.of("/api", "/auth/", "/error", "/assets", "/v3", "/swagger", "/actuator").noneMatch(route.path()::startsWith);
        pages = Route.all(product.registries).stream().filter(isPage).map(Route::path).filter(path -> !path.matches(".*[0-9a-f]{8}-.*")).distinct().sorted().toList();
        assertThat(pages).hasSizeGreaterThan(10);
    }

    @AfterContainer
    static void tell() {
        TALLY.write();
        assertThat(TALLY.total()).isGreaterThan(FEWEST);
    }

    @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void whatATenantObservesIsTheSameWhetherAnotherActedOrNot(@ForAll("sequences") List<Step> steps) {
        compare(steps, (observer, other) -> "");
    }

    @Example
    void anObservationOfSomethingSharedIsFound() {
        int writing = routes.stream().map(ApiRoute::toString).toList().indexOf("POST /api/tweets");
        List<Step> steps = List.of(new Step(Actor.OTHER, writing, 0, 0, 1), new Step(Actor.OBSERVER, writing, 0, 0, 1));

        assertThatThrownBy(() -> compare(steps, (observer, other) -> other == null ? "0" : String.valueOf(other.get("/api/tweets").json().at("/tweets").size())))
                .isInstanceOf(AssertionError.class);
        compare(steps, (observer, other) -> String.valueOf(observer.get("/api/tweets").json().at("/tweets").size()));
    }

    /** @param more what else the observer is taken to see at the end */
    private void compare(List<Step> steps, BiFunction<TestPerson, @Nullable TestPerson, String> more) {
        List<String> alone = play(steps.stream().filter(Step::isOfTheObserver).toList(), false, more);
        List<String> beside = play(steps, true, more);
        for (int i = 0; i < Math.min(alone.size(), beside.size()); i++) {
            List<String> lines = alone.get(i).lines().toList();
            assertThat(beside.get(i).lines().toList()).as("what the observer was told by %s", lines.getFirst()).containsExactlyElementsOf(lines);
        }
        assertThat(beside).hasSameSizeAs(alone);
    }

    private List<String> play(List<Step> steps, boolean besideAnother, BiFunction<TestPerson, @Nullable TestPerson, String> more) {
        Trace trace = new Trace();
        Player observer = new Player(aPersonWithARun(), trace);
        Player other = besideAnother ? new Player(aPersonWithARun(), null) : null;
        for (Step step : steps) {
            ApiRoute route = routes.get(step.route() % routes.size());
            Player player = step.isOfTheObserver() || other == null ? observer : other;
            if (player == other || !ENDS.contains(route.toString())) {
                player.play(route, step);
                TALLY.add((player == other ? "the other's " : "the observer's ") + route);
            }
        }
        int before = observer.requests();
        observer.observe(routes, pages);
        for (int i = before; i < observer.requests(); i++) {
            TALLY.add("the observer's look at everything");
        }
        trace.add("more: " + more.apply(observer.person(), other == null ? null : other.person()));
        return trace.normal();
    }

    /** Nobody has a key that a run begins with, and so nothing outside is asked; one that ended can be queued again. */
    private TestPerson aPersonWithARun() {
        TestPerson person = product.people.aPerson();
        person.tenant().run(() -> product.door.sql("""
                        insert into public.agent_runs (agent, trigger, status, finished_at)
                        values ('tweet-scraping', 'person', 'failed', now())
                        """)
                .update());
        return person;
    }

    @Provide
    Arbitrary<List<Step>> sequences() {
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 1_000);
        return Combinators.combine(Arbitraries.of(Actor.class), number, number, number, number).as(Step::new).list().ofSize(STEPS);
    }
}

package social.coral.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import social.coral.agents.Agents;
import social.coral.content.AccountVisits;
import social.coral.networks.Network;
import social.coral.networks.NetworkUser;
import social.coral.networks.Networks;
import social.coral.networks.Post;
import social.coral.networks.PostPage;
import social.coral.networks.PostQuery;
import social.coral.networks.SocialNetwork;
import social.coral.sandbox.Sandbox;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.Amount;
import social.coral.usage.Call;
import social.coral.usage.Meter;
import social.coral.usage.OpenCall;

/**
 * Collects what the sandbox's authors wrote until the last of some times, and enters runs at these times that say what each of them
 * would have found. One of them failed.
 */
@Component
@ConditionalOnProperty("coral.demo")
class DemoHistory {

    private static final int FAILED = 5;
    private static final String UNAVAILABLE = "The sandbox answered with an error (status 503).";

    /** The calls of these runs are entered below, at their times. */
    private static final OpenCall UNCOUNTED = new OpenCall() {
        @Override
        public void settle(Call.Outcome outcome, Amount used, Duration took) {}

        @Override
        public void release() {}
    };

    private final Sandbox sandbox;
    private final Networks networks;
    private final AccountVisits visits;
    private final TenantDoor door;
    private final Meter meter;

    DemoHistory(Sandbox sandbox, Networks networks, AccountVisits visits, TenantDoor door, Meter meter) {
        this.sandbox = sandbox;
        this.networks = networks;
        this.visits = visits;
        this.door = door;
        this.meter = meter;
    }

    void write(List<Instant> slots) {
        Map<String, List<Post>> byAuthor = new LinkedHashMap<>();
        SocialNetwork network = networks.with(sandbox.issueToken(), (call, most) -> UNCOUNTED);
        for (String name : DemoPeople.ADA.listensTo()) {
            NetworkUser user = network.user(name);
            List<Post> posts = network.postsOf(user.id(), name, PostQuery.newest(PostQuery.MAX_SIZE)).posts().stream()
                    .filter(post -> !post.createdAt().isAfter(slots.getLast()))
                    .toList();
            byAuthor.put(name, posts);
            collect(name, user, posts);
        }
        Instant before = Instant.EPOCH;
        for (int i = 0; i < slots.size(); i++) {
            Instant slot = slots.get(i);
            List<Step> steps = i == FAILED ? steps(byAuthor, null, null) : steps(byAuthor, before, slot);
            UUID run = door.transaction(() -> run(slot, steps));
            steps.forEach(step -> enter("GET /2/users/{id}/tweets", "post", step.posts(), run, step.name()));
            if (i == 0) {
                steps.forEach(step -> enter("GET /2/users/by/username/{username}", "user", 1, run, step.name()));
            }
            before = i == FAILED ? before : slot;
        }
    }

    private void enter(String endpoint, String unit, @Nullable Integer units, UUID run, String step) {
        Amount used = Amount.units(units == null ? 0 : units);
        meter.open(new Call(Network.SANDBOX.toString(), endpoint, unit), used, new Meter.Reason(Agents.COLLECTING, run, step))
                .settle(units == null ? Call.Outcome.FAILED : Call.Outcome.OK, used, Duration.ofMillis(350));
    }

    private void collect(String name, NetworkUser user, List<Post> posts) {
        visits.of(name)
                .flatMap(visit -> visits.resolved(visit.accountId(), Network.SANDBOX, user.id(), user.name()))
                .ifPresent(visit -> visits.pageCollected(visit, new PostPage(posts, null, posts.isEmpty() ? null : posts.getFirst().id(), List.of())));
    }

    /** What became of one account; null posts are a failure. */
    private record Step(String name, @Nullable Integer posts) {}

    private static List<Step> steps(Map<String, List<Post>> byAuthor, @Nullable Instant after, @Nullable Instant until) {
        List<Step> steps = new ArrayList<>();
        byAuthor.forEach((name, posts) -> steps.add(new Step("@" + name, after == null || until == null ? null
                : (int) posts.stream().filter(post -> post.createdAt().isAfter(after) && !post.createdAt().isAfter(until)).count())));
        return steps;
    }

    private UUID run(Instant at, List<Step> steps) {
        boolean failed = steps.stream().allMatch(step -> step.posts() == null);
        int posts = steps.stream().mapToInt(step -> step.posts() == null ? 0 : step.posts()).sum();
        String words = failed ? (steps.size() == 2 ? "Neither of the 2" : "None of the " + steps.size()) + " accounts could be read"
                : "Collected " + posts + " new posts from " + steps.size() + " accounts";
        String error = words + ". " + UNAVAILABLE;
        Instant ended = at.plusMillis(1_000L + 400L * steps.size());
        UUID run = door.sql("""
                insert into public.agent_runs (agent, trigger, status, queued_at, started_at, finished_at, progress_done, progress_total, progress_message,
                  error, error_code)
                values (:agent, 'schedule', :status, :at, :at, :ended, :done, :done, :words, :error, :code) returning id
                """)
                .param("agent", Agents.COLLECTING)
                .param("status", failed ? "failed" : "succeeded")
                .param("at", at)
                .param("ended", ended)
                .param("done", steps.size())
                .param("words", words)
                .param("error", failed ? error : null)
                .param("code", failed ? "nothing_succeeded" : null)
                .one(Columns::id);
        door.sql("insert into public.agent_run_steps (run_id, position, name, status, attempts, summary, error, started_at, finished_at) values :rows")
                .rows("rows", IntStream.range(0, steps.size()).mapToObj(i -> row(run, i, steps.get(i), at.plusMillis(400L * i))).toList())
                .update();
        door.sql("insert into public.agent_logs (agent_name, level, action, details, run_id, created_at) values (:agent, :level, :action, :words, :run, :ended)")
                .param("agent", Agents.COLLECTING)
                .param("level", failed ? "error" : "info")
                .param("action", failed ? "failed" : "completed")
                .param("words", failed ? error : words)
                .param("run", run)
                .param("ended", ended)
                .update();
        return run;
    }

    private static Object[] row(UUID run, int position, Step step, Instant began) {
        Integer posts = step.posts();
        return new Object[] {run, position, step.name(), posts == null ? "failed" : "succeeded", 1, posts == null ? null : posts + (posts == 1 ? " new post" : " new posts"),
            posts == null ? UNAVAILABLE : null, began, began.plus(Duration.ofMillis(350))};
    }
}

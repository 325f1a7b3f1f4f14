package social.coral.agents.pipeline;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;
import org.springframework.validation.annotation.Validated;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Agents;
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.content.PublishedPosts;
import social.coral.content.PublishedPosts.Counted;
import social.coral.content.PublishedPosts.Due;
import social.coral.networks.CountedPosts;
import social.coral.networks.SocialNetwork;

/** Reads the counts of the person's own posts: often while they are young, rarely when they are old, and never after 90 days. */
@Component
@EnableConfigurationProperties(Metrics.Settings.class)
final class Metrics implements Agent {

    private static final String STEP = "Read counts";

    /** @param callsPerRun the most calls of one run, each for 100 posts at most */
    @Validated
    @ConfigurationProperties("coral.agents.metrics")
    record Settings(@DefaultValue("10") @Min(1) @Max(100) int callsPerRun) {}

    /** What is remembered of the step. */
    record Tally(int calls, int counted, int gone) {

        private static final Tally NONE = new Tally(0, 0, 0);

        Tally with(Counted more) {
            return new Tally(calls + 1, counted + more.counted(), gone + more.gone());
        }
    }

    private final Settings settings;

    Metrics(Settings settings) {
        this.settings = settings;
    }

    @Override
    public AgentDescription about() {
        return new AgentDescription(Agents.METRICS, "Measure engagement",
                "Counts the likes, reposts, replies and quotes of your own posts: often while they are young, rarely when they are old.", Set.of(SocialNetwork.class));
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(new Prerequisite(data.published().any(), "None of your published posts is here yet",
                "Import your archive to bring them.", "Import an archive", "/tweets/import"));
    }

    @Override
    public String work(Run run) {
        run.plan(List.of(STEP));
        run.progress(0, 1, "Reading counts");
        run.step(STEP, memory -> read(run, memory));
        String outcome = outcome(run.recalled(STEP, Tally.class).orElse(Tally.NONE));
        run.progress(1, 1, outcome);
        return outcome;
    }

    private String read(Run run, Run.Memory memory) {
        PublishedPosts published = run.data().published();
        SocialNetwork network = run.service(SocialNetwork.class);
        published.takeUpYoung();
        Tally tally = run.recalled(STEP, Tally.class).orElse(Tally.NONE);
        List<Due> due = published.due(network.network());
        while (!due.isEmpty() && tally.calls() < settings.callsPerRun()) {
            List<Due> asked = due;
            Tally before = tally;
            CountedPosts answer = network.counted(asked.stream().map(Due::postId).toList());
            Instant at = Instant.now();
            tally = memory.commit(() -> {
                Tally after = before.with(published.store(asked, answer, at));
                return new Run.Committed<>(after, after);
            });
            due = published.due(network.network());
        }
        return outcome(tally) + (due.isEmpty() ? "" : "; the others in the next run");
    }

    private static String outcome(Tally tally) {
        return (tally.calls() == 0 ? "No post was due" : "Counted " + TweetScraping.count(tally.counted(), "post"))
                + (tally.gone() == 0 ? "" : "; " + tally.gone() + (tally.gone() == 1 ? " is" : " are") + " not on the network any more");
    }
}

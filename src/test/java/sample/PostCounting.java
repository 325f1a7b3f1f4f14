package sample;

import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Component;
import social.coral.agents.Agent;
import social.coral.agents.AgentDescription;
import social.coral.agents.Prerequisite;
import social.coral.agents.Run;
import social.coral.agents.TenantData;
import social.coral.content.PostFilter;

/** Counts the posts that each account has brought. */
@Component
final class PostCounting implements Agent {

    @Override
    public AgentDescription about() {
        return new AgentDescription("post-counting", "Count posts", "Counts the posts of each account you listen to.", Set.of());
    }

    @Override
    public List<Prerequisite> prerequisites(TenantData data) {
        return List.of(new Prerequisite(data.visits().anyActive(), "You are not listening to any account",
                "Add one, or resume a paused one.", "View accounts", "/accounts"));
    }

    @Override
    public String work(Run run) {
        List<String> accounts = run.plan(run.data().visits().due());
        for (int done = 0; done < accounts.size(); done++) {
            String name = accounts.get(done);
            run.progress(done, accounts.size(), "Counting");
            run.step(name, memory -> run.data().posts().count(PostFilter.of(null, name, null)) + " posts");
        }
        return "Counted the posts of " + accounts.size() + " accounts";
    }
}

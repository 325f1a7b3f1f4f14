package social.coral.web.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.agents.Runs;
import social.coral.api.Page;
import social.coral.content.Tweets;
import social.coral.tenancy.AuditLog;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Download;
import social.coral.web.frame.Listing;
import social.coral.web.frame.PageResult;

/** Who changed what of my data, or opened one of my keys? */
@Controller
@RequestMapping("/settings/audit")
final class AuditPage {

    /** So many of the newest posts, and runs of an agent, are found by their names. */
    private static final Page MATCHES = new Page(Page.MAX_LIMIT, 0);

    private final AuditLog log;
    private final AuditWords told;
    private final Agents agents;
    private final Tweets tweets;
    private final Runs runs;

    AuditPage(AuditLog log, AuditWords told, Agents agents, Tweets tweets, Runs runs) {
        this.log = log;
        this.told = told;
        this.agents = agents;
        this.tweets = tweets;
        this.runs = runs;
    }

    @GetMapping
    ModelAndView list(AuditFilter filter, Page page) {
        AuditLog.Filter wanted = wanted(filter);
        Listing<AuditFilter, AuditLog.Entry> list = Listing.of("/settings/audit", filter, page,
                () -> log.list(wanted, page), () -> log.count(wanted, page.countLimit()));
        return PageResult.list("audit/list", list).addObject("told", told).addObject("agents", agents.titles()).addObject("known", known(list.rows()));
    }

    private Map<String, String> known(List<AuditLog.Entry> entries) {
        List<UUID> ids = entries.stream().flatMap(entry -> AuditWords.id(entry.subject()).stream()).map(UUID::fromString).distinct().toList();
        Map<String, String> titles = agents.titles();
        Map<String, String> known = new HashMap<>(titles);
        tweets.beginnings(ids).forEach((id, text) -> known.put(id.toString(), text));
        runs.agents(ids).forEach((id, agent) -> known.put(id.toString(), titles.getOrDefault(agent, agent)));
        return known;
    }

    /** Sends the entries with the hashes that chain them. */
    @GetMapping("/download")
    void download(AuditFilter filter, HttpServletResponse response) throws IOException {
        AuditLog.Filter wanted = wanted(filter);
        Map<String, String> titles = agents.titles();
        Download.<AuditLog.Entry>csv(response, "coral-audit.csv",
                List.of("position", "time", "who", "action", "subject", "address", "session_id", "hash"),
                last -> log.before(last == null ? Long.MAX_VALUE : last.position(), wanted, Page.MAX_LIMIT),
                entry -> new Object[] {entry.position(), entry.at(), AuditWords.actor(entry.actor(), titles), entry.action(), entry.subject(),
                    entry.address(), entry.sessionId(), entry.hash()});
    }

    /** Searches in what is shown, which for names and ids is not what is stored. */
    private AuditLog.Filter wanted(AuditFilter filter) {
        String words = text(filter.q());
        AuditLog.Filter all = AuditLog.Filter.ALL;
        return new AuditLog.Filter(
                text(filter.actor()), text(filter.action()), words, words.isEmpty() ? AuditLog.Told.NOTHING : told(words), all.from(), all.to());
    }

    private AuditLog.Told told(String words) {
        List<String> named = agents.titles().entrySet().stream()
                .filter(agent -> AuditWords.holds(agent.getValue(), words)).map(Map.Entry::getKey).toList();
        Stream<String> posts = tweets.list(null, "\"" + words.replace('"', ' ') + "\"", MATCHES).stream().map(post -> post.id().toString());
        Stream<String> keys = Arrays.stream(ServiceName.values()).filter(key -> AuditWords.holds(key.title(), words)).map(ServiceName::toString);
        Stream<String> started = named.stream().flatMap(agent -> runs.list(agent, null, MATCHES).stream()).map(run -> run.id().toString());
        return new AuditLog.Told(told.actions(words), Stream.of(named.stream(), posts, keys, started).flatMap(part -> part).toList());
    }

    private static String text(@Nullable String typed) {
        return typed == null ? "" : typed.strip();
    }
}

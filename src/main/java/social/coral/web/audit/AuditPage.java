package social.coral.web.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.agents.Runs;
import social.coral.api.CsvFile;
import social.coral.api.Page;
import social.coral.content.Tweets;
import social.coral.tenancy.AuditLog;
import social.coral.vault.ServiceName;
import social.coral.web.frame.Download;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Paging;

/** Who changed what of my data, or opened one of my keys? */
@Controller
@RequestMapping("/settings/audit")
final class AuditPage {

    /** So many of the newest posts, and runs of an agent, are found by their names. */
    private static final Page MATCHES = new Page(Page.MAX_LIMIT, 0);

    private final AuditLog log;
    private final Agents agents;
    private final Tweets tweets;
    private final Runs runs;

    AuditPage(AuditLog log, Agents agents, Tweets tweets, Runs runs) {
        this.log = log;
        this.agents = agents;
        this.tweets = tweets;
        this.runs = runs;
    }

    @GetMapping
    ModelAndView list(
            Page page,
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(name = "q", defaultValue = "") String words) {
        AuditLog.Filter filter = filter(actor, action, words);
        List<AuditLog.Entry> entries = log.list(filter, page);
        Paging paging = new Paging(AuditView.address("/settings/audit", actor, action, words), page, entries.size(), log.count(filter, page.counted()));
        return PageResult.list("audit/list", new AuditView(entries, agents.titles(), known(entries), actor, action, words, paging), paging);
    }

    private Map<String, String> known(List<AuditLog.Entry> entries) {
        List<UUID> ids = entries.stream().flatMap(entry -> AuditWords.id(entry.subject()).stream()).map(UUID::fromString).distinct().toList();
        Map<String, String> titles = agents.titles();
        Map<String, String> known = new HashMap<>(titles);
        tweets.beginnings(ids).forEach((id, text) -> known.put(id.toString(), text));
        runs.agents(ids).forEach((id, agent) -> known.put(id.toString(), titles.getOrDefault(agent, agent)));
        return known;
    }

    /** All that the filter holds, with the hashes that chain the entries. Those that are entered meanwhile are left to the next file. */
    @GetMapping("/download")
    void download(
            @RequestParam(defaultValue = "") String actor,
            @RequestParam(defaultValue = "") String action,
            @RequestParam(name = "q", defaultValue = "") String words,
            HttpServletResponse response) throws IOException {
        AuditLog.Filter filter = filter(actor, action, words);
        Map<String, String> titles = agents.titles();
        try (CsvFile csv = Download.csv(response, "coral-audit.csv", "position", "time", "who", "action", "subject", "address", "session_id", "hash")) {
            long position = Long.MAX_VALUE;
            while (true) {
                List<AuditLog.Entry> entries = log.before(position, filter, Page.MAX_LIMIT);
                for (AuditLog.Entry entry : entries) {
                    csv.row(entry.position(), entry.at(), AuditWords.actor(entry.actor(), titles), entry.action(), entry.subject(),
                            entry.address(), entry.sessionId(), entry.hash());
                }
                if (entries.size() < Page.MAX_LIMIT) {
                    return;
                }
                position = entries.getLast().position();
            }
        }
    }

    /** Looks for the words in what is shown, which for names and ids is not what is stored. */
    private AuditLog.Filter filter(String actor, String action, String typed) {
        String words = typed.strip();
        AuditLog.Filter all = AuditLog.Filter.ALL;
        return new AuditLog.Filter(actor.strip(), action.strip(), words, words.isEmpty() ? AuditLog.Told.NOTHING : told(words), all.from(), all.to());
    }

    private AuditLog.Told told(String words) {
        List<String> named = agents.titles().entrySet().stream().filter(agent -> AuditWords.holds(agent.getValue(), words)).map(Map.Entry::getKey).toList();
        Stream<String> posts = tweets.list(null, "\"" + words.replace('"', ' ') + "\"", MATCHES).stream().map(post -> post.id().toString());
        Stream<String> keys = Arrays.stream(ServiceName.values()).filter(key -> AuditWords.holds(key.title(), words)).map(ServiceName::toString);
        Stream<String> started = named.stream().flatMap(agent -> runs.list(agent, null, MATCHES).stream()).map(run -> run.id().toString());
        return new AuditLog.Told(AuditWords.actions(words), Stream.of(named.stream(), posts, keys, started).flatMap(part -> part).toList());
    }
}

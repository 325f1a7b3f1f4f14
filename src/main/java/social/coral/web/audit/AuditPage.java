package social.coral.web.audit;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.servlet.ModelAndView;
import social.coral.agents.Agents;
import social.coral.agents.Runs;
import social.coral.api.Page;
import social.coral.content.Tweets;
import social.coral.tenancy.AuditLog;
import social.coral.web.frame.Download;
import social.coral.web.frame.Listing;
import social.coral.web.frame.PageResult;
import social.coral.web.frame.Times;

/** Who changed what of my data, or opened one of my keys? */
@Controller
@RequestMapping("/settings/audit")
final class AuditPage {

    private final AuditLog log;
    private final AuditWords words;
    private final Agents agents;
    private final Tweets tweets;
    private final Runs runs;

    AuditPage(AuditLog log, AuditWords words, Agents agents, Tweets tweets, Runs runs) {
        this.log = log;
        this.words = words;
        this.agents = agents;
        this.tweets = tweets;
        this.runs = runs;
    }

    @GetMapping
    ModelAndView list(AuditFilter filter, Page page) {
        Listing<AuditFilter, AuditLog.Entry> list = Listing.of("/settings/audit", filter, page,
                usable -> log.list(usable.wanted(words), page), usable -> log.count(usable.wanted(words), page.countLimit()));
        List<UUID> posts = list.rows().stream().flatMap(entry -> AuditWords.post(entry).stream()).distinct().toList();
        return PageResult.list("audit/list", list).addObject("words", words).addObject("agents", agents.titles()).addObject("known", known(list.rows()))
                .addObject("posts", tweets.existing(posts));
    }

    private Map<String, String> known(List<AuditLog.Entry> entries) {
        List<UUID> ids = entries.stream().flatMap(entry -> AuditWords.id(entry.subject()).stream()).distinct().toList();
        Map<String, String> titles = agents.titles();
        Map<String, String> known = new HashMap<>(titles);
        runs.agents(ids).forEach((id, agent) -> known.put(id.toString(), titles.getOrDefault(agent, agent)));
        return known;
    }

    /** Sends the entries in words, and as they are stored, with the hashes that chain them. */
    @GetMapping("/download")
    void download(AuditFilter filter, HttpServletResponse response) throws IOException {
        AuditLog.Filter wanted = filter.wanted(words);
        Map<String, String> titles = agents.titles();
        Times times = new Times(ZoneOffset.UTC, Instant.EPOCH);
        Map<String, String> known = new HashMap<>();
        Download.<AuditLog.Entry>csv(response, "coral-audit.csv",
                List.of("position", "time", "who", "what", "from", "actor", "action", "subject", "address", "session_id", "hash"),
                last -> {
                    List<AuditLog.Entry> entries = log.before(last == null ? Long.MAX_VALUE : last.position(), wanted, Page.MAX_LIMIT);
                    known.clear();
                    known.putAll(known(entries));
                    return entries;
                },
                entry -> new Object[] {entry.position(), entry.at(), AuditWords.actor(entry, titles),
                    (words.action(entry.action()) + " " + AuditWords.subject(entry, known, times)).strip(), AuditWords.origin(entry),
                    entry.actor(), entry.action(), entry.subject(), entry.address(), entry.sessionId(), entry.hash()});
    }
}

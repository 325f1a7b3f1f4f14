package social.coral.web.audit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;
import social.coral.agents.Agents;
import social.coral.agents.Runs;
import social.coral.tenancy.AuditVocabulary;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** Lets the audit be searched for what its page shows. */
@Component
final class AuditSearch implements AuditVocabulary {

    private final AuditWords words;
    private final Agents agents;
    private final Runs runs;

    AuditSearch(AuditWords words, Agents agents, Runs runs) {
        this.words = words;
        this.agents = agents;
        this.runs = runs;
    }

    @Override
    public Map<String, String> words() {
        Map<String, String> all = new HashMap<>();
        Map<String, String> titles = agents.titles();
        all.putAll(titles);
        titles.forEach((agent, title) -> all.put("agent " + agent, title));
        runs.agents().forEach((run, agent) -> all.put(run.toString(), titles.getOrDefault(agent, agent)));
        Arrays.stream(ServiceName.values()).forEach(key -> all.put(key.toString(), key.title()));
        all.put(ApiKeys.SANDBOX_KEY, AuditWords.SANDBOX_KEY);
        all.putAll(words.actions());
        List.of("session.opened", "person.created").forEach(action -> all.merge(action, "in with a", (words, how) -> words + " " + how));
        all.putAll(Map.of("person", AuditWords.YOU, "anonymous", AuditWords.NOT_SIGNED_IN, "system", AuditWords.CORAL_SOCIAL));
        return all;
    }
}

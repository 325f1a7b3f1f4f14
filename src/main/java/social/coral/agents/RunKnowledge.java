package social.coral.agents;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import social.coral.agents.RunLedger.Lease;
import social.coral.api.Failure;
import social.coral.content.CollectedPosts;
import social.coral.knowledge.KnowledgeAnswer;
import social.coral.knowledge.KnowledgeQuestion;

/** The tenant's knowledge as one run uses it: it writes under its agent's name, and only while it holds the run. */
record RunKnowledge(Lease lease, RunTools tools) implements Run.Knowledge {

    static final String NOT_SEARCHABLE = "Nothing can be searched at the moment.";

    private static final Duration UNTIL_SEARCHABLE = Duration.ofMinutes(1);

    @Override
    public void remember(String name, String text, @Nullable String language) {
        tools.ledger().write(lease, () -> tools.notes().keep(lease.agent(), name, text, language));
    }

    @Override
    public KnowledgeAnswer search(KnowledgeQuestion question) {
        try {
            return tools.search().searchForRun(question);
        } catch (Failure failure) {
            if (failure.status() == HttpStatus.TOO_MANY_REQUESTS) {
                throw pause("rate_limited", failure.retryAfter().map(Duration::ofSeconds).orElse(UNTIL_SEARCHABLE), failure.sentence());
            }
            if (failure.status() == HttpStatus.SERVICE_UNAVAILABLE) {
                throw pause("unavailable", UNTIL_SEARCHABLE, NOT_SEARCHABLE);
            }
            throw failure;
        }
    }

    @Override
    public Map<UUID, float[]> vectors(Collection<UUID> posts) {
        return tools.features().vectors(CollectedPosts.KIND, posts);
    }

    private RunEnd.Pause pause(String code, Duration wait, String why) {
        return new RunEnd.Pause(code, tools.clock().instant().plus(wait), why);
    }

    @Override
    public void forget(String name) {
        tools.ledger().write(lease, () -> tools.notes().drop(lease.agent(), name));
    }
}

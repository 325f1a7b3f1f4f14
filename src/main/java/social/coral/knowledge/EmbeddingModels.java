package social.coral.knowledge;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import social.coral.identity.Suspensions;
import social.coral.jobs.Turn;
import social.coral.models.TextEmbeddings;
import social.coral.services.Service;
import social.coral.tenancy.Tenant;
import social.coral.usage.Meter;
import social.coral.usage.PlanLimits;
import social.coral.vault.ApiKeys;

/** The embeddings that this process can make for the current tenant. */
@Component
class EmbeddingModels {

    private static final int MAX_REMEMBERED_BYTES = 16 << 20;
    private static final int BYTES_BESIDE = 200;

    private record Question(Tenant tenant, EmbeddingChoice choice, String text) {}

    private final Optional<MiniLm> builtIn;
    private final PaidEmbeddings.Tools tools;
    /** So that the next page of a search, or the same question with another filter, is not paid for again. */
    private final Cache<Question, float[]> asked = Caffeine.newBuilder()
            .maximumWeight(MAX_REMEMBERED_BYTES)
            .weigher((Question question, float[] vector) -> Float.BYTES * vector.length + Character.BYTES * question.text().length() + BYTES_BESIDE)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    EmbeddingModels(Optional<MiniLm> builtIn, Service<TextEmbeddings> service, ApiKeys keys, Suspensions suspensions, PlanLimits plan,
            Meter meter, Clock clock) {
        this.builtIn = builtIn;
        this.tools = new PaidEmbeddings.Tools(service, keys, suspensions, plan, meter, clock);
    }

    /** Those that services make of texts, in a job's turn. */
    Optional<Embeddings> ofService(EmbeddingChoice choice, Turn turn) {
        return choice.isPaid() ? Optional.of(new PaidEmbeddings(choice, tools, PaidEmbeddings.Manner.ofAJob(turn::comeBack))) : Optional.empty();
    }

    /** Those of questions; empty where this process leaves them to others. */
    Optional<Embeddings> ofQuestions(EmbeddingChoice choice) {
        return choice.isPaid() ? Optional.of(new Remembering(choice)) : builtIn.map(MiniLm::ofQuestions);
    }

    /** Whether this process has a model for those who have chosen none. */
    boolean anyOfQuestions() {
        return builtIn.isPresent();
    }

    /** Pays for each question once as long as it is remembered. */
    private final class Remembering implements Embeddings {

        private final EmbeddingChoice choice;

        Remembering(EmbeddingChoice choice) {
            this.choice = choice;
        }

        @Override
        public String model() {
            return choice.model();
        }

        @Override
        public int width() {
            return choice.width();
        }

        @Override
        public List<float[]> of(List<String> texts) {
            return texts.stream().map(this::of).toList();
        }

        private float[] of(String text) {
            Question question = new Question(Tenant.current(), choice, text.strip());
            float[] known = asked.getIfPresent(question);
            if (known != null) {
                return known;
            }
            float[] made = new PaidEmbeddings(choice, tools, PaidEmbeddings.Manner.OF_A_SEARCH).of(List.of(text)).getFirst();
            asked.put(question, made);
            return made;
        }
    }
}

package social.coral.knowledge;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;
import social.coral.installation.DataFolder;
import social.coral.jobs.Lane;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KnowledgeSettings.class)
class KnowledgeConfiguration {

    static final int MAX_OPEN = 32;
    private static final Duration MODEL_IDLE = Duration.ofMinutes(5);

    @Bean
    @Conditional(WithModel.class)
    MiniLm miniLm(DataFolder folder, KnowledgeSettings settings) {
        return new MiniLm(folder.temporary().resolve("model"), settings.embeddingThreads(), MODEL_IDLE);
    }

    @Bean
    @Conditional(WithModel.class)
    EmbeddingJob embeddingJob(MiniLm model, EmbeddingChoices choices, ItemRows items, VectorRows vectors, Generations generations,
            KnowledgeIndexes indexes, Clock clock) {
        return new EmbeddingJob(EmbeddingJob.NAME, Lane.KNOWLEDGE, (choice, turn) -> choice.isPaid() ? Optional.empty() : Optional.of(model),
                choices, items, vectors, generations, indexes, clock);
    }

    @Bean
    EmbeddingJob serviceEmbeddingJob(EmbeddingModels models, EmbeddingChoices choices, ItemRows items, VectorRows vectors, Generations generations,
            KnowledgeIndexes indexes, Clock clock) {
        return new EmbeddingJob(EmbeddingJob.OF_SERVICES, Lane.SERVICE_EMBEDDING, models::ofService,
                choices, items, vectors, generations, indexes, clock);
    }

    @Bean
    IndexFolders indexFolders(DataFolder folder) {
        return new IndexFolders(folder.resolve("knowledge"));
    }

    @Bean
    @Conditional(InProcess.class)
    LuceneVectors luceneVectors(IndexFolders folders) {
        return new LuceneVectors(folders.vectors(), MAX_OPEN);
    }

    @Bean
    WordIndex wordIndex(IndexFolders folders) {
        return new WordIndex(folders.words(), MAX_OPEN);
    }

    static final class WithModel implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !"0".equals(context.getEnvironment().getProperty("coral.knowledge.embedding-threads"));
        }
    }

    static final class InProcess extends NoneNestedConditions {

        InProcess() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @Conditional(QdrantConfiguration.OperatorsServer.class)
        static final class Elsewhere {}
    }
}

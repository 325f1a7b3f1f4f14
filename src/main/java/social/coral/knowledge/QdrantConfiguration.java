package social.coral.knowledge;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QdrantSettings.class)
class QdrantConfiguration {

    private static final Logger log = LoggerFactory.getLogger(QdrantVectors.class);

    @Bean
    @Conditional(OperatorsServer.class)
    QdrantVectors qdrantVectors(QdrantSettings settings) {
        return new QdrantVectors(settings);
    }

    /** Beside the start, which a server that is down does not hold up. */
    @Bean
    @Conditional(OperatorsServer.class)
    ApplicationListener<ApplicationReadyEvent> qdrantPreparation(QdrantVectors vectors) {
        return event -> Thread.ofVirtual().name("qdrant-preparation").start(() -> {
            try {
                vectors.prepare();
            } catch (IndexFault fault) {
                log.warn("The collection of vectors is not prepared yet. {}", fault.getMessage());
            }
        });
    }

    static final class OperatorsServer implements Condition {

        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !context.getEnvironment().getProperty("coral.knowledge.qdrant.host", "").isBlank();
        }
    }
}

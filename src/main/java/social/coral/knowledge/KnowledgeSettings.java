package social.coral.knowledge;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import social.coral.installation.StartFault;

/**
 * @param embeddingThreads how many threads turn texts into vectors in the process; with 0 it leaves that to others and searches by words alone
 */
@ConfigurationProperties("coral.knowledge")
record KnowledgeSettings(@DefaultValue("1") int embeddingThreads) {

    private static final int MAX_THREADS = 64;

    KnowledgeSettings {
        if (embeddingThreads < 0 || embeddingThreads > MAX_THREADS) {
            throw new StartFault("CORAL_EMBEDDING_THREADS must be a whole number from 0 to " + MAX_THREADS + ".");
        }
    }
}

package social.coral.knowledge;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import social.coral.erasure.KeptElsewhere;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;

/**
 * Removes what indexes have of people who are gone. An erasure removes it from the vector server and from the process that carries it out;
 * every process looks at its start and each hour whether its folders hold more, of other processes' erasures or a database from before.
 */
@Component
class GoneTenants implements KeptElsewhere, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(GoneTenants.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int AT_ONCE = 500;

    private final IndexFolders folders;
    private final WordIndex words;
    private final VectorIndex vectors;
    private final JdbcClient auth;
    private final Thread thread = Thread.ofVirtual().name("indexes of gone tenants").unstarted(this::watch);

    GoneTenants(IndexFolders folders, WordIndex words, VectorIndex vectors, Databases databases) {
        this.folders = folders;
        this.words = words;
        this.vectors = vectors;
        this.auth = JdbcClient.create(databases.auth());
    }

    @Override
    public boolean erase(Tenant tenant) {
        try {
            // The folder of words goes last, because it reminds the next look of a server that could not be reached.
            TenantVectors points = vectors.of(tenant);
            points.clear();
            TenantWords texts = words.of(tenant);
            long left = points.count();
            if (left == 0) {
                texts.clear();
                left = texts.count();
            }
            if (left > 0) {
                log.warn("The indexes still hold {} entries of a tenant who is gone. They are removed later.", left);
            }
            return left == 0;
        } catch (IndexFault e) {
            log.warn("What the indexes hold of a tenant who is gone is removed later. {}", e.getMessage());
            return false;
        }
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                look();
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes all that is in the folders of this process and of nobody who is there, and vectors from before there was a server for them. */
    void look() {
        try {
            folders.tenants(AT_ONCE, found -> gone(found).forEach(tenant -> erase(new Tenant(tenant))));
            if (!(vectors instanceof LuceneVectors)) {
                OpenIndex.remove(folders.vectors());
            }
        } catch (IOException | RuntimeException e) {
            log.warn("The folders of indexes were not looked through. This is done again in {} min. {}", EVERY.toMinutes(), e.toString());
        }
    }

    private Set<UUID> gone(Set<UUID> found) {
        Set<UUID> gone = new HashSet<>(found);
        if (!found.isEmpty()) {
            gone.removeAll(auth.sql("select id from auth.users where id in (:found)").param("found", found).query(UUID.class).set());
        }
        return gone;
    }

    @Override
    public void destroy() throws InterruptedException {
        thread.interrupt();
        if (thread.getState() != Thread.State.NEW) {
            thread.join(Duration.ofSeconds(5));
        }
    }
}

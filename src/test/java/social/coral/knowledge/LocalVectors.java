package social.coral.knowledge;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import social.coral.knowledge.TenantVectors.Hit;
import social.coral.knowledge.TenantVectors.Narrowing;
import social.coral.knowledge.TenantVectors.Point;
import social.coral.tenancy.Tenant;

/** The index of vectors in the process, whose vectors have numbers instead of items. */
public final class LocalVectors implements AutoCloseable {

    private static final int GENERATION = 1;
    private static final int AT_ONCE = 500;

    private final LuceneVectors index;

    public LocalVectors(Path folder) {
        index = new LuceneVectors(folder, KnowledgeConfiguration.MAX_OPEN);
    }

    /** Adds vectors, which get numbers from {@code first} on. */
    public void put(Tenant tenant, int first, List<float[]> vectors) {
        List<Point> points = new ArrayList<>();
        for (int number = 0; number < vectors.size(); number++) {
            points.add(new Point(new UUID(0, first + number), GENERATION, vectors.get(number), "post", null, Instant.EPOCH));
            if (points.size() == AT_ONCE || number == vectors.size() - 1) {
                index.of(tenant).put(points);
                points.clear();
            }
        }
    }

    public List<Integer> nearest(Tenant tenant, float[] vector, int limit) {
        return index.of(tenant).nearest(GENERATION, vector, Narrowing.NONE, limit).stream()
                .map(Hit::item).map(item -> (int) item.getLeastSignificantBits()).toList();
    }

    /** Waits until nothing is merged any more, and closes it. */
    @Override
    public void close() {
        Awaitility.await().forever().during(Duration.ofSeconds(1)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("merges-") && thread.getState() == Thread.State.RUNNABLE));
        index.close();
    }
}

package social.coral.knowledge;

import social.coral.knowledge.QdrantPoints.Patience;
import social.coral.tenancy.Tenant;

/** The vectors of all tenants in one collection of a Qdrant server. */
final class QdrantVectors implements VectorIndex, AutoCloseable {

    private final QdrantConnection connection;
    private final QdrantCollection collection;
    private final QdrantPoints points;

    QdrantVectors(QdrantSettings settings) {
        this(settings, QdrantCollection.NAME, Patience.USUAL, new Circuit(System::nanoTime));
    }

    QdrantVectors(QdrantSettings settings, String name, Patience patience, Circuit circuit) {
        this.connection = new QdrantConnection(settings, circuit, patience.trial());
        this.collection = new QdrantCollection(connection, name, patience.write());
        this.points = new QdrantPoints(connection, collection, patience);
    }

    @Override
    public TenantVectors of(Tenant tenant) {
        return new QdrantTenant(points, tenant);
    }

    /** Makes the collection and its indexes where they are missing; every call does so too, if this could not. */
    void prepare() {
        collection.ensure();
    }

    @Override
    public void close() {
        connection.close();
    }
}

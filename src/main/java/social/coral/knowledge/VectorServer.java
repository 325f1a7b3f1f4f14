package social.coral.knowledge;

import io.qdrant.client.grpc.Collections.CollectionInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.core.env.Environment;

/** The operator's vector server, as the commands use it that run while no process does. */
public final class VectorServer {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration PATIENCE_OF_A_LOOK = Duration.ofSeconds(5);

    private final QdrantSettings settings;

    private VectorServer(QdrantSettings settings) {
        this.settings = settings;
    }

    /** Reads where it is; a {@code StartFault} says what is wrong with the settings. */
    public static VectorServer of(Environment environment) {
        return new VectorServer(QdrantSettings.of(environment));
    }

    /**
     * Removes all vectors, also those of people whom the database does not know; the processes make what is missing from the database.
     * Returns what happened in a sentence, or nothing when there is no server.
     */
    public Optional<String> empty() {
        return settings.isOn() ? Optional.of(emptied()) : Optional.empty();
    }

    /** Returns how many vectors it has, about, of all tenants; empty when there is no server or it does not answer. */
    OptionalLong points() {
        if (!settings.isOn()) {
            return OptionalLong.empty();
        }
        try (QdrantConnection connection = new QdrantConnection(settings, new Circuit(System::nanoTime), PATIENCE_OF_A_LOOK)) {
            return OptionalLong.of(new QdrantCollection(connection, QdrantCollection.NAME, PATIENCE_OF_A_LOOK).info().map(CollectionInfo::getPointsCount).orElse(0L));
        } catch (IndexFault fault) {
            return OptionalLong.empty();
        }
    }

    private String emptied() {
        String place = "Qdrant at " + settings.server().getAuthority();
        try (QdrantConnection connection = new QdrantConnection(settings, new Circuit(System::nanoTime), PATIENCE)) {
            QdrantCollection collection = new QdrantCollection(connection, QdrantCollection.NAME, PATIENCE);
            if (collection.info().isPresent()) {
                collection.remove();
            }
            return place + " holds no vectors any more; they are made again from the database.";
        } catch (IndexFault fault) {
            return "WARNING, " + place + ": " + fault.getMessage() + " It may hold vectors of people whom this database does not know."
                    + " Delete the collection " + QdrantCollection.NAME + " there; Coral Social makes it again and fills it.";
        }
    }
}

package social.coral.knowledge;

import io.qdrant.client.grpc.Collections.CollectionInfo;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.core.env.Environment;
import social.coral.egress.GrpcChannels;
import social.coral.installation.Finding;
import social.coral.installation.StartFault;

/** Checks from outside a running installation whether the operator's vector server is there and has what searches need. */
public final class VectorServerCheckup {

    private static final String SUBJECT = "vectors";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})\\..*");
    // The first that refuses filters without an index.
    private static final int OLDEST_MAJOR = 1;
    private static final int OLDEST_MINOR = 13;

    private VectorServerCheckup() {}

    /** Returns nothing when no server is configured. */
    public static List<Finding> of(Environment environment) {
        try {
            QdrantSettings settings = QdrantSettings.of(environment);
            return settings.isOn() ? of(settings, QdrantCollection.NAME) : List.of();
        } catch (StartFault fault) {
            return List.of(Finding.fault(SUBJECT, String.valueOf(fault.getMessage())));
        }
    }

    static List<Finding> of(QdrantSettings settings, String name) {
        URI server = settings.server();
        List<Finding> findings = new ArrayList<>();
        try {
            if (GrpcChannels.isReadableOnTheWay(server)) {
                findings.add(Finding.warning(SUBJECT, "What is sent to " + server.getAuthority()
                        + " can be read on its way. Set up TLS there, and write https in QDRANT_HOST."));
            }
        } catch (UnknownHostException e) {
            return List.of(Finding.fault(SUBJECT, "The host " + server.getHost() + " of QDRANT_HOST has no address. Check its spelling and this machine's DNS."));
        }
        String place = "Qdrant at " + server.getAuthority();
        try (QdrantConnection connection = new QdrantConnection(settings, new Circuit(System::nanoTime), PATIENCE)) {
            String version = connection.version();
            if (isOld(version)) {
                findings.add(Finding.fault(SUBJECT, place + " is version " + version + ". Install " + OLDEST_MAJOR + "." + OLDEST_MINOR + " or a newer one."));
            }
            Optional<CollectionInfo> info = new QdrantCollection(connection, name, PATIENCE).info();
            findings.addAll(info.map(found -> collection(found, name, place + " (version " + version + ")"))
                    .orElseGet(() -> List.of(Finding.ok(SUBJECT, place + " has no collection " + name + " yet; ./coral run makes it"))));
        } catch (IndexFault fault) {
            findings.add(Finding.fault(SUBJECT, place + ": " + fault.getMessage()
                    + " Searches answer from words alone until it does. Check the server, QDRANT_HOST and QDRANT_API_KEY."));
        }
        return findings;
    }

    private static List<Finding> collection(CollectionInfo info, String name, String place) {
        List<Finding> findings = new ArrayList<>();
        List<String> foreign = QdrantCollection.foreignWidths(info);
        if (!foreign.isEmpty()) {
            findings.add(Finding.fault(SUBJECT, place + ": the collection " + name + " has no room for vectors of " + String.join(", ", foreign)
                    + " numbers. Delete it there; Coral Social makes it again and fills it."));
        }
        List<PointField> missing = QdrantCollection.missingIndexes(info);
        if (!missing.isEmpty()) {
            findings.add(Finding.fault(SUBJECT, place + ": the collection " + name + " has no right index on "
                    + missing.stream().map(PointField::key).collect(Collectors.joining(", ")) + ". Restart Coral Social, which makes it."));
        }
        if (!QdrantCollection.isLinked(info) || !QdrantCollection.isStrict(info)) {
            findings.add(Finding.fault(SUBJECT, place + ": the settings of the collection " + name + " were changed. Restart Coral Social, which sets them again."));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok(SUBJECT, place + ", about " + info.getPointsCount() + " vectors in " + name));
        }
        return findings;
    }

    private static boolean isOld(String version) {
        Matcher parts = VERSION.matcher(version);
        if (!parts.matches()) {
            return false;
        }
        int major = Integer.parseInt(parts.group(1));
        return major < OLDEST_MAJOR || major == OLDEST_MAJOR && Integer.parseInt(parts.group(2)) < OLDEST_MINOR;
    }
}

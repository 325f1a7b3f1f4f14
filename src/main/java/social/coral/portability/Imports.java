package social.coral.portability;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;
import social.coral.portability.ImportOutcome.Rejected;
import social.coral.portability.ImportOutcome.Skipped;
import social.coral.portability.ImportOutcome.Taken;
import social.coral.portability.TenantTable.Column;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.json.JsonMapper;

/** Takes an archive in, under the tenant at work. Nothing that is here is overwritten, and nothing of it is believed unseen. */
@Component
public class Imports {

    private static final int MOST_TOLD = 100;
    private static final int UNPACKED = 10;

    /** A file whose rows come over: which columns, and which names its lines may have. */
    private record Part(TenantTable table, List<Column> columns, Set<String> known) {}

    /** What of an archive comes over: its tables in the order in which they refer to each other, and what stays out. */
    private record Plan(List<Part> parts, List<Skipped> leftOut) {}

    private final TenantTables tables;
    private final TenantDoor door;
    private final JsonMapper json;
    private final PortabilitySettings settings;
    private final Set<Tenant> underWay = ConcurrentHashMap.newKeySet();

    Imports(TenantTables tables, TenantDoor door, JsonMapper json, PortabilitySettings settings) {
        this.tables = tables;
        this.door = door;
        this.json = json;
        this.settings = settings;
    }

    /** How large an archive may be. */
    public DataSize limit() {
        return settings.importLimit();
    }

    /** Imports what a request carries: a form with {@code file}, or the archive as the body. */
    public ImportOutcome run(HttpServletRequest request) throws IOException {
        Tenant tenant = Tenant.current();
        if (!underWay.add(tenant)) {
            throw Failure.conflict("import_under_way", "An earlier import of yours is still being read; send this one when it has ended");
        }
        try (UploadedFile file = UploadedFile.of(request, limit())) {
            if (file.isEmpty()) {
                throw Failure.invalid("file", "is needed");
            }
            return run(new ArchiveReader(file, DataSize.ofBytes(limit().toBytes() * UNPACKED), json));
        } finally {
            underWay.remove(tenant);
        }
    }

    private ImportOutcome run(ArchiveReader archive) throws IOException {
        Plan plan = plan(archive.manifest());
        List<Rejected> rejected = new ArrayList<>();
        List<Taken> taken = new ArrayList<>();
        // As a rule one pass is enough, because an export writes its tables in this order.
        while (taken.size() < plan.parts().size()) {
            archive.each((name, content) -> {
                if (taken.size() < plan.parts().size() && name.equals(ArchiveWriter.fileOf(plan.parts().get(taken.size()).table()))) {
                    taken.add(rows(plan.parts().get(taken.size()), content, rejected));
                }
            });
        }
        ImportOutcome outcome = new ImportOutcome(List.copyOf(taken), List.copyOf(rejected), plan.leftOut());
        door.transaction(() -> door.audit("data.imported", outcome.imported() + " rows"));
        return outcome;
    }

    private Plan plan(Manifest manifest) {
        Map<String, Manifest.File> given = new LinkedHashMap<>();
        manifest.files().stream().filter(file -> file.table() != null).forEach(file -> given.put(file.name(), file));
        List<Part> parts = new ArrayList<>();
        List<Skipped> leftOut = new ArrayList<>(List.of(new Skipped("account.json", "says who signed in there")));
        for (TenantTable table : tables.all()) {
            Manifest.File file = given.remove(ArchiveWriter.fileOf(table));
            if (file != null) {
                Part part = part(table, names(file));
                String hindrance = hindrance(part);
                if (hindrance == null) {
                    parts.add(part);
                    unknown(part).forEach(name -> leftOut.add(new Skipped(table.name() + "." + name, "is not known here")));
                } else {
                    leftOut.add(new Skipped(table.name(), hindrance));
                }
            }
        }
        given.values().forEach(file -> leftOut.add(new Skipped(file.name(), "is not known here")));
        return new Plan(parts, List.copyOf(leftOut));
    }

    private static Part part(TenantTable table, Set<String> known) {
        return new Part(table, table.columns().stream()
                .filter(column -> known.contains(column.name()) && !column.isTenant() && column.notExported().isEmpty()).toList(), known);
    }

    private static @Nullable String hindrance(Part part) {
        if (part.table().keptHere() != null) {
            return part.table().keptHere();
        }
        if (part.columns().isEmpty()) {
            return "has no column that is known here";
        }
        return part.table().columns().stream()
                .filter(column -> column.needed() && !part.columns().contains(column))
                .map(column -> "lacks " + column.name() + ", without which no row can be")
                .findFirst().orElse(null);
    }

    private static List<String> unknown(Part part) {
        Set<String> here = part.table().columns().stream().map(Column::name).collect(Collectors.toSet());
        return part.known().stream().filter(name -> !here.contains(name)).toList();
    }

    private static Set<String> names(Manifest.File file) {
        return file.columns().stream().map(Manifest.Column::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Taken rows(Part part, InputStream content, List<Rejected> rejected) throws IOException {
        TableImport into = new TableImport(door, part.table(), part.columns(), rejected, MOST_TOLD);
        Lines lines = new Lines(content);
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            try {
                into.take(ImportedRow.of(lines.number(), line, part.columns(), part.known(), json));
            } catch (ImportedRow.NoRow e) {
                into.reject(lines.number(), e.getMessage());
            }
        }
        return into.end();
    }
}

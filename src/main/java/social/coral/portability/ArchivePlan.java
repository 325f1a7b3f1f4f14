package social.coral.portability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.portability.ImportOutcome.Skipped;
import social.coral.portability.TenantTable.Column;

/** What is imported of an archive: its tables in the order of their references, and what is left out. */
record ArchivePlan(List<Part> parts, List<Skipped> leftOut) {

    /** A file to be imported, with its columns and the names its lines may have. */
    record Part(TenantTable table, List<Column> columns, Set<String> known) {}

    /** Plans the import of an archive with this manifest into these tables. */
    static ArchivePlan of(Manifest manifest, List<TenantTable> tables) {
        Map<String, Manifest.File> given = new LinkedHashMap<>();
        manifest.files().stream().filter(file -> file.table() != null).forEach(file -> given.put(file.name(), file));
        List<Part> parts = new ArrayList<>();
        List<Skipped> leftOut = new ArrayList<>(List.of(new Skipped("account.json", "says who signed in there")));
        for (TenantTable table : tables) {
            Manifest.File file = given.remove(ArchiveWriter.fileOf(table));
            if (file != null) {
                Part part = part(table, names(file));
                String hindrance = hindrance(part);
                if (hindrance == null) {
                    parts.add(part);
                    table.columns().stream().filter(column -> part.known().contains(column.name()) && !column.given() && column.notExported().isEmpty())
                            .forEach(column -> leftOut.add(new Skipped(table.name() + "." + column.name(), "begins anew here")));
                    unknown(part).forEach(name -> leftOut.add(new Skipped(table.name() + "." + name, "is not known here")));
                } else {
                    leftOut.add(new Skipped(table.name(), hindrance));
                }
            }
        }
        given.values().forEach(file -> leftOut.add(new Skipped(file.name(), "is not known here")));
        return new ArchivePlan(List.copyOf(parts), List.copyOf(leftOut));
    }

    private static Part part(TenantTable table, Set<String> known) {
        return new Part(table, table.columns().stream()
                .filter(column -> known.contains(column.name()) && !column.isTenant() && column.given() && column.notExported().isEmpty()).toList(), known);
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
                .map(column -> "lacks " + column.name() + ", which every row needs")
                .findFirst().orElse(null);
    }

    private static List<String> unknown(Part part) {
        Set<String> here = part.table().columns().stream().map(Column::name).collect(Collectors.toSet());
        return part.known().stream().filter(name -> !here.contains(name)).toList();
    }

    private static Set<String> names(Manifest.File file) {
        return file.columns().stream().map(Manifest.Column::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}

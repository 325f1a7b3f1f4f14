package social.coral.portability;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;
import social.coral.api.Failure;
import social.coral.portability.ImportOutcome.Rejected;
import social.coral.portability.ImportOutcome.Taken;
import social.coral.portability.TenantTable.Column;
import social.coral.tenancy.Columns;
import social.coral.tenancy.TenantDoor;

/**
 * Imports rows into one table, in batches that are stored as a whole or by halves. Stored rows stay; importing the same archive
 * again adds only what is missing.
 */
final class TableImport {

    private static final int BATCH = 500;
    private static final int BATCH_BYTES = 1 << 20;
    private static final int MAX_PARAMETERS = 20_000;
    private static final int MAX_REJECTED = 1_000;

    private final TenantDoor door;
    private final TenantTable table;
    private final List<Column> columns;
    private final Set<String> known;
    private final List<Rejected> reported;
    private final int maxReported;
    private final CountedBatch sure;
    private final List<ImportedRow> batch = new ArrayList<>();
    private final Map<ByteBuffer, Long> lines = new HashMap<>();
    private final Map<Long, List<Long>> again = new HashMap<>();
    private int held;
    private int bytes;
    private long imported;
    private long thereAlready;
    private long rejected;

    TableImport(TenantDoor door, ArchivePlan.Part part, List<Rejected> reported, int maxReported) {
        this.door = door;
        this.table = part.table();
        this.columns = part.columns();
        this.known = part.known();
        this.reported = reported;
        this.maxReported = maxReported;
        this.sure = new CountedBatch(door, transaction -> door.sql(table.countingOf()).param("transaction", transaction).one(row -> row.getInt(1)));
    }

    /** Adds the row of a line. A repeated line of a batch counts as already there if the first can be added. */
    void take(long number, byte[] line) {
        try {
            add(line, ImportedRow.of(number, line, columns, known));
        } catch (ImportedRow.NoRow e) {
            reject(number, e.getMessage());
        }
    }

    private void add(byte[] line, ImportedRow row) {
        if (bytes + row.bytes() > BATCH_BYTES) {
            store();
        }
        Long first = lines.putIfAbsent(ByteBuffer.wrap(line), row.line());
        if (first == null) {
            batch.add(row);
            bytes += row.bytes();
        } else {
            again.computeIfAbsent(first, unused -> new ArrayList<>()).add(row.line());
        }
        if (++held >= Math.min(BATCH, Math.max(1, MAX_PARAMETERS / columns.size()))) {
            store();
        }
    }

    void reject(long line, @Nullable String reason) {
        if (reported.size() < maxReported) {
            reported.add(new Rejected(table.name(), line, String.valueOf(reason)));
        }
        if (++rejected > MAX_REJECTED) {
            throw ArchiveReader.refused("has more than " + MAX_REJECTED + " rows for " + table.name() + " that do not fit, the last in line " + line);
        }
    }

    void store() {
        if (!batch.isEmpty()) {
            store(batch);
        }
        batch.clear();
        lines.clear();
        again.clear();
        bytes = 0;
        held = 0;
    }

    Taken taken() {
        return new Taken(table.name(), imported, thereAlready, rejected);
    }

    private void store(List<ImportedRow> rows) {
        try {
            int added = add(rows);
            imported += added;
            thereAlready += rows.size() - added + rows.stream().mapToInt(row -> repeats(row).size()).sum();
        } catch (Failure beyond) {
            storeHalves(rows, beyond.sentence());
        } catch (DataAccessException e) {
            if (!ImportFault.isOfTheRow(e)) {
                throw e;
            }
            storeHalves(rows, reason(e));
        }
    }

    /** Finds the rows that do not fit, or are one too many, by adding each half separately. */
    private void storeHalves(List<ImportedRow> rows, String reason) {
        if (rows.size() == 1) {
            ImportedRow row = rows.getFirst();
            reject(row.line(), reason);
            repeats(row).forEach(line -> reject(line, reason));
        } else {
            int half = rows.size() / 2;
            store(rows.subList(0, half));
            store(rows.subList(half, rows.size()));
        }
    }

    /** Returns the later lines of the batch with the same content. */
    private List<Long> repeats(ImportedRow row) {
        return again.getOrDefault(row.line(), List.of());
    }

    private int add(List<ImportedRow> rows) {
        return sure.add(() -> {
            List<UUID> added = new ArrayList<>();
            CountedBatch.Written written = CountedBatch.Written.by(door.sql(table.adding(columns)).rows("rows", rows.stream().map(ImportedRow::values).toList()),
                    row -> {
                        if (table.hasIds()) {
                            added.add(Columns.id(row));
                        }
                    });
            door.changed(table.name(), added);
            return written;
        });
    }

    /** Names the broken rule. PostgreSQL's own message may contain the row. */
    private static String reason(DataAccessException e) {
        ServerErrorMessage said = e.getMostSpecificCause() instanceof PSQLException fault ? fault.getServerErrorMessage() : null;
        if (said != null && said.getConstraint() != null) {
            return "breaks the rule " + said.getConstraint();
        }
        return said != null && said.getColumn() != null ? "lacks a value for " + said.getColumn() : "has a value of the wrong type";
    }
}

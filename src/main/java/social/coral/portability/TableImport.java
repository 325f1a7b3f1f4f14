package social.coral.portability;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import social.coral.api.Failure;
import social.coral.portability.ImportOutcome.Rejected;
import social.coral.portability.ImportOutcome.Taken;
import social.coral.portability.TenantTable.Column;
import social.coral.tenancy.TenantDoor;

/**
 * Rows on their way into one table, in batches that are each taken as a whole or row by row. What was taken stays; the same
 * archive again adds only what is missing.
 */
final class TableImport {

    private static final int BATCH = 500;
    private static final int MOST_PARAMETERS = 20_000;
    private static final int MOST_REJECTED = 1_000;

    private final TenantDoor door;
    private final TenantTable table;
    private final List<Column> columns;
    private final List<Rejected> told;
    private final int mostTold;
    private final List<ImportedRow> batch = new ArrayList<>();
    private long imported;
    private long thereAlready;
    private long rejected;

    TableImport(TenantDoor door, TenantTable table, List<Column> columns, List<Rejected> told, int mostTold) {
        this.door = door;
        this.table = table;
        this.columns = columns;
        this.told = told;
        this.mostTold = mostTold;
    }

    void take(ImportedRow row) {
        batch.add(row);
        if (batch.size() >= Math.min(BATCH, Math.max(1, MOST_PARAMETERS / columns.size()))) {
            store();
        }
    }

    void reject(long line, @Nullable String reason) {
        if (told.size() < mostTold) {
            told.add(new Rejected(table.name(), line, String.valueOf(reason)));
        }
        if (++rejected > MOST_REJECTED) {
            throw ArchiveReader.refused("has more than " + MOST_REJECTED + " rows for " + table.name() + " that do not fit, the last in line " + line
                    + "; what came before was taken");
        }
    }

    Taken end() {
        store();
        return new Taken(table.name(), imported, thereAlready, rejected);
    }

    private void store() {
        List<ImportedRow> rows = List.copyOf(batch);
        batch.clear();
        if (rows.isEmpty()) {
            return;
        }
        try {
            count(rows.size(), add(rows));
            return;
        } catch (NonTransientDataAccessException | Failure e) {
            // One of them does not fit, or is one too many; which one, is found by adding each for itself.
        }
        rows.forEach(this::storeAlone);
    }

    private void storeAlone(ImportedRow row) {
        try {
            count(1, add(List.of(row)));
        } catch (NonTransientDataAccessException e) {
            reject(row.line(), reason(e));
        } catch (Failure beyond) {
            reject(row.line(), beyond.sentence());
        }
    }

    private void count(int given, int added) {
        imported += added;
        thereAlready += given - added;
    }

    private int add(List<ImportedRow> rows) {
        return door.transaction(() -> door.sql(table.adding(columns)).rows("rows", rows.stream().map(ImportedRow::values).toList()).update());
    }

    /** What PostgreSQL says in its own words may hold the row; which rule it broke may be told. */
    private static String reason(DataAccessException e) {
        ServerErrorMessage said = e.getMostSpecificCause() instanceof PSQLException fault ? fault.getServerErrorMessage() : null;
        if (said != null && said.getConstraint() != null) {
            return "breaks the rule " + said.getConstraint();
        }
        return said != null && said.getColumn() != null ? "lacks a value for " + said.getColumn() : "has a value of the wrong type";
    }
}

package social.coral.tenancy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the columns that JDBC has no getter for. */
public final class Columns {

    private Columns() {}

    /** The row's {@code id}. */
    public static UUID id(ResultSet row) throws SQLException {
        return id(row, "id");
    }

    /** A {@code uuid} that is never null. */
    public static UUID id(ResultSet row, String name) throws SQLException {
        return row.getObject(name, UUID.class);
    }

    /** A {@code timestamptz} that is never null. */
    public static Instant instant(ResultSet row, String name) throws SQLException {
        return row.getObject(name, OffsetDateTime.class).toInstant();
    }

    /** A {@code timestamptz}, or null. */
    public static @Nullable Instant optionalInstant(ResultSet row, String name) throws SQLException {
        OffsetDateTime value = row.getObject(name, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}

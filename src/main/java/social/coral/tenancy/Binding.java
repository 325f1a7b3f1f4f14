package social.coral.tenancy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Binds Java values as PostgreSQL types. */
final class Binding {

    private Binding() {}

    /**
     * Binds the values in order, from parameter {@code first} on. A collection fills as many parameters as it has
     * elements, a row inside it as many as it has columns.
     */
    static void bind(PreparedStatement statement, int first, @Nullable Object[] values) throws SQLException {
        int index = first;
        for (Object value : values) {
            if (value instanceof Collection<?> rows) {
                for (Object row : rows) {
                    Object[] columns = row instanceof Object[] array ? array : new Object[] {row};
                    for (Object column : columns) {
                        bindOne(statement, index++, column);
                    }
                }
            } else {
                bindOne(statement, index++, value);
            }
        }
    }

    private static void bindOne(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case Instant instant -> statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
            case Enum<?> constant -> statement.setString(index, constant.toString());
            case UntypedValue untyped -> statement.setObject(index, untyped.text(), Types.OTHER);
            case String[] texts -> statement.setArray(index, statement.getConnection().createArrayOf("text", texts));
            default -> statement.setObject(index, value);
        }
    }
}

package social.coral.tenancy;

import java.util.List;

/** A statement with the reader of its rows, to be sent alone or together with others in a {@link RoundTrip}. */
public record Query<T extends Object>(TenantStatement statement, TenantStatement.RowReader<T> reader) {

    public List<T> list() {
        return statement.list(reader);
    }
}

package social.coral.tenancy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import social.coral.tenancy.TenantDoor.StatementResult;

/** Several queries sent in one round trip, in one transaction, when the first of their answers is looked at. */
public final class RoundTrip {

    private final TenantDoor door;
    private final List<ParsedStatement> statements = new ArrayList<>();
    private final List<StatementResult<?>> results = new ArrayList<>();
    private boolean made;

    public RoundTrip(TenantDoor door) {
        this.door = door;
    }

    /** Adds a query and returns where its rows will be. Nothing can be added once an answer was looked at. */
    public <T extends Object> Supplier<List<T>> add(Query<T> query) {
        if (made || query.statement().isSearch()) {
            throw new IllegalStateException(made ? "this round trip was made already" : "a search is sent alone");
        }
        List<T> rows = new ArrayList<>();
        statements.add(query.statement().parsed());
        results.add(query.statement().into(rows, query.reader()));
        return () -> {
            make();
            return rows;
        };
    }

    private void make() {
        if (!made) {
            made = true;
            door.holdingRows(() -> door.execute(joined(), executed -> {
                results.getFirst().read(executed);
                for (StatementResult<?> next : results.subList(1, results.size())) {
                    executed.getMoreResults();
                    next.read(executed);
                }
                return made;
            }));
        }
    }

    private ParsedStatement joined() {
        return new ParsedStatement(
                statements.stream().map(ParsedStatement::sql).collect(Collectors.joining(";\n")),
                statements.stream().flatMap(statement -> Arrays.stream(statement.values())).toArray(),
                null);
    }
}

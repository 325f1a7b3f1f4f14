package social.coral.portability;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import social.coral.tenancy.TableDeclaration;

/**
 * A tenant table with the columns that the tenant may read. A comment on a column that begins with {@code not exported:} keeps the
 * column out of an export, and the rest of the comment says why.
 *
 * @param declared what its migration declares; null when a newer process has made the table
 * @param keptHere why rows of an archive are not taken into this table; null when they are
 */
record TenantTable(String name, @Nullable TableDeclaration declared, @Nullable String keptHere, List<Column> columns) {

    private static final Pattern NOT_EXPORTED = Pattern.compile("not exported: *(.+)", Pattern.DOTALL);

    private static final Pattern IMPORTED_AS = Pattern.compile("(?:^imported:|,) (\\w+) as (\\w+)");

    /**
     * @param name quoted for SQL where needed
     * @param needed whether a row must bring a value of its own
     * @param given whether the tenant may give a new row a value of it; an import leaves out the others, such as a status
     */
    record Column(String name, String type, boolean nullable, boolean needed, boolean given, @Nullable String comment) {

        Optional<String> notExported() {
            Matcher matcher = NOT_EXPORTED.matcher(comment == null ? "" : comment);
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        /** Maps a value of an archive as a comment such as {@code imported: scheduled as draft} says. */
        String imported(String value) {
            return Stream.ofNullable(comment)
                    .flatMap(text -> IMPORTED_AS.matcher(text).results())
                    .filter(rule -> rule.group(1).equals(value))
                    .map(rule -> rule.group(2))
                    .findFirst().orElse(value);
        }

        /** Reports whether it holds the tenant's id, which an import sets itself. */
        boolean isTenant() {
            return name.equals("user_id");
        }
    }

    /** A table or column that is not exported, and why. */
    record LeftOut(String name, String reason) {}

    Optional<String> notExported() {
        return Optional.ofNullable(declared).map(TableDeclaration::notExported);
    }

    List<Column> exported() {
        return columns.stream().filter(column -> column.notExported().isEmpty()).toList();
    }

    Stream<LeftOut> leftOut() {
        return notExported().map(reason -> Stream.of(new LeftOut(name, reason)))
                .orElseGet(() -> columns.stream().flatMap(column ->
                        column.notExported().map(reason -> new LeftOut(name + "." + column.name(), reason)).stream()));
    }

    /** Returns the statement that reads each row as a line of JSON. Names come from the catalogue, quoted where needed. */
    String reading() {
        return exported().stream().map(Column::name).collect(Collectors.joining(
                ", ", "select to_json(r)::text from (select ", " from public." + name + " where user_id = :tenant) r"));
    }

    /** Returns the statement that adds rows with these columns and returns for each the transaction and its id. Rows with an existing id or name are skipped. */
    String adding(List<Column> given) {
        return given.stream().map(Column::name).collect(Collectors.joining(
                ", ", "insert into public." + name + " (", ") values :rows on conflict do nothing returning cast(pg_current_xact_id() as text)" + (hasIds() ? ", id" : "")));
    }

    boolean hasIds() {
        return columns.stream().anyMatch(column -> column.name().equals("id"));
    }

    /** Returns the statement that counts the rows of one transaction. */
    String countingOf() {
        return "select count(*) from public." + name + " where user_id = :tenant and xmin = cast(cast(:transaction as xid8) as xid)";
    }
}

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
     * @param name as SQL writes it
     * @param needed whether a row must bring a value of its own
     */
    record Column(String name, String type, boolean nullable, boolean needed, @Nullable String comment) {

        Optional<String> notExported() {
            Matcher matcher = NOT_EXPORTED.matcher(comment == null ? "" : comment);
            return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
        }

        /** What a value of an archive becomes here: a comment such as {@code imported: scheduled as draft} says so. */
        String imported(String value) {
            return Stream.ofNullable(comment)
                    .flatMap(text -> IMPORTED_AS.matcher(text).results())
                    .filter(rule -> rule.group(1).equals(value))
                    .map(rule -> rule.group(2))
                    .findFirst().orElse(value);
        }

        /** The tenant's id is the importing tenant's, whatever the archive says. */
        boolean isTenant() {
            return name.equals("user_id");
        }
    }

    /** What stays here of a tenant's data, and why. */
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

    /** Reads each row as a line of JSON. The names come from the catalogue, quoted where SQL needs it. */
    String reading() {
        return exported().stream().map(Column::name).collect(Collectors.joining(
                ", ", "select to_json(r)::text from (select ", " from public." + name + " where user_id = :tenant) r"));
    }

    /** Adds rows that have these columns and tells how many and in which transaction; one whose id or name is there already changes nothing. */
    String adding(List<Column> given) {
        return given.stream().map(Column::name).collect(Collectors.joining(
                ", ", "insert into public." + name + " (", ") values :rows on conflict do nothing returning cast(pg_current_xact_id() as text)"));
    }

    /** Counts what one transaction wrote. */
    String countingOf() {
        return "select count(*) from public." + name + " where user_id = :tenant and xmin = cast(cast(:transaction as xid8) as xid)";
    }
}

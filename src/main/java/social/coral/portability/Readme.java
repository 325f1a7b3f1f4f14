package social.coral.portability;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import social.coral.portability.TenantTable.LeftOut;
import social.coral.tenancy.TableDeclaration;

/** Explains an archive to a person who opens it years later without the product. */
final class Readme {

    private static final String TEXT = """
            Everything that Coral Social keeps for one account, as it was at one moment: %s.

            account.json          who signs in: address, what they said of themselves, where they are signed in
            tables/NAME.ndjson    one table each; UTF-8, one row a line, each line a JSON object (https://jsonlines.org)
            manifest.json         the version of this format, and of each file its rows, columns, length and SHA-256

            How values are written
              timestamp with time zone   text, ISO 8601, in UTC: "2026-01-31T09:30:00.123456+00:00"
              interval                   text, ISO 8601: "PT30M"
              uuid, text, inet           text
              bytea                      text: \\x and hexadecimal digits
              integer, bigint, numeric   number, of any length
              boolean                    true or false
              jsonb                      the JSON value itself
              text[]                     array
              Whatever is not there is null. Amounts of money whose column ends in micro_usd are millionths of a US dollar.

            POST /api/user/import of any installation takes this archive back in, under the account that sends it.

            Tables and their columns
            %s
            Left out
            %s""";

    private Readme() {}

    static String of(List<TenantTable> tables, List<LeftOut> leftOut, Instant exportedAt) {
        return TEXT.formatted(
                exportedAt,
                tables.stream().map(Readme::describe).collect(Collectors.joining("\n")),
                leftOut.stream().map(each -> "  " + each.name() + ": " + each.reason() + "\n").collect(Collectors.joining()));
    }

    private static String about(@Nullable TableDeclaration table) {
        return table == null ? "" : ": " + table.many() + ", " + table.retention();
    }

    private static String describe(TenantTable table) {
        return ArchiveWriter.fileOf(table) + about(table.declared()) + "\n" + table.exported().stream()
                .map(column -> "  %-22s %s%s\n".formatted(column.name(), column.type(), column.nullable() ? ", or null" : ""))
                .collect(Collectors.joining());
    }
}

package social.coral.web.data;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.portability.ImportOutcome;
import social.coral.tenancy.AuditLog;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TableDeclaration;

/**
 * The section of the settings on all that the person has.
 *
 * @param outcome what came of the archive that was sent; null before one was
 * @param problem why the import did not come to its end
 * @param storedSome whether it stored something before that
 * @param last how the last import ended, where that was too early
 */
public record DataView(
        DeclaredTables tables, DataSize limit, @Nullable ImportOutcome outcome, @Nullable String problem, boolean storedSome, AuditLog.@Nullable Entry last) {

    public String largest() {
        return limit.toGigabytes() >= 1 ? limit.toGigabytes() + "\u00A0GB" : limit.toMegabytes() + "\u00A0MB";
    }

    /** The heading of a table, or its name where this installation has no such table. */
    public String title(String table) {
        return tables.find(table).map(TableDeclaration::title).orElse(table);
    }

    /** What an export holds, in the words for its tables. */
    public String exported() {
        return tables.all().stream().filter(TableDeclaration::isExported).map(TableDeclaration::many).collect(Collectors.joining(", "));
    }

    /** What of the archive was not imported. */
    public String leftOut() {
        return outcome == null ? "" : outcome.leftOut().stream()
                .map(each -> tables.find(each.name()).map(TableDeclaration::many).orElse(each.name().equals("account.json") ? "sign-in" : each.name())).collect(Collectors.joining(", "));
    }
}

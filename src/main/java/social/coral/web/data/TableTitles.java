package social.coral.web.data;

import java.util.List;
import java.util.stream.Collectors;
import social.coral.portability.Holdings.Holding;
import social.coral.portability.ImportOutcome;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TableDeclaration;
import social.coral.web.frame.Figures;

/** The names of the tables for people. */
public record TableTitles(DeclaredTables tables) {

    /** The heading of a table, or its name where this installation has no such table. */
    public String title(String table) {
        return tables.find(table).map(TableDeclaration::title).orElse(table);
    }

    /** Everything that an export holds. */
    public String exported() {
        return tables.all().stream().filter(TableDeclaration::isExported).map(TableDeclaration::many).collect(Collectors.joining(", "));
    }

    /** Everything in an archive that was not imported. */
    public String leftOut(ImportOutcome outcome) {
        return outcome.leftOut().stream()
                .map(each -> tables.find(each.name()).map(TableDeclaration::many).orElse(each.name().equals("account.json") ? "sign-in" : each.name()))
                .collect(Collectors.joining(", "));
    }

    /** Everything that the person has, such as {@code 12 posts, 1 persona}. */
    static String losses(List<Holding> holdings) {
        return holdings.stream()
                .map(held -> Figures.counted(held.count(), held.table().one(), held.table().many()))
                .collect(Collectors.joining(", "));
    }
}

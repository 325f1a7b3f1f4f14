package social.coral.web.data;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import social.coral.portability.Holdings.Holding;
import social.coral.portability.ImportOutcome;
import social.coral.tenancy.DeclaredTables;
import social.coral.tenancy.TableDeclaration;
import social.coral.web.frame.Figures;

/** The names of the tables for people. */
public record TableTitles(DeclaredTables tables) {

    /** What people make or set up themselves. */
    private static final List<String> MISSED = List.of("tweets", "tweets_cache", "x_accounts", "personas", "user_api_keys");

    /** The heading of a table, or its name where this installation has no such table. */
    public String title(String table) {
        return tables.find(table).map(TableDeclaration::title).orElse(table);
    }

    /** The result of an import, in a line, with the reason of the first row that was rejected. */
    static String summary(ImportOutcome outcome) {
        long rejected = outcome.tables().stream().mapToLong(ImportOutcome.Taken::rejected).sum();
        return (outcome.imported() == 0 ? "Nothing new" : Figures.count(outcome.imported(), "item", "items") + " imported") + ", "
                + Figures.count(outcome.tables().stream().mapToLong(ImportOutcome.Taken::thereAlready).sum()) + " already here"
                + (rejected == 0 ? "." : ", " + Figures.count(rejected) + " rejected. " + outcome.rejected().stream().findFirst().map(ImportOutcome.Rejected::reason).orElse(""));
    }

    /** Everything in an archive that was not imported. */
    public String leftOut(ImportOutcome outcome) {
        return Figures.listed(outcome.leftOut().stream()
                .map(each -> tables.find(each.name()).map(TableDeclaration::many).orElse(each.name().equals("account.json") ? "email address and password" : each.name()))
                .toList());
    }

    /** What the person would miss most, such as {@code 12 posts, 1 persona and everything else here}. */
    static String losses(List<Holding> holdings) {
        return Figures.listed(Stream.concat(
                holdings.stream()
                        .filter(held -> MISSED.contains(held.table().name()))
                        .sorted(Comparator.comparingInt(held -> MISSED.indexOf(held.table().name())))
                        .map(held -> Figures.counted(held.count(), held.table().one(), held.table().many())),
                Stream.of("everything else here, your profile and your logs included")).toList());
    }
}

package social.coral.operations;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.installation.InstallationCheckup;
import social.coral.installation.StartFault;
import social.coral.kms.TransitEngine;
import social.coral.usage.PriceList;

/** {@code ./coral prices}: prints what applies today, and where each price is from. */
final class Prices {

    private Prices() {}

    static void main(String[] args) {
        System.exit(run(CommandEnvironment.load(), List.of(args), System.out::println, System.err::println));
    }

    static int run(ConfigurableEnvironment environment, List<String> args, Consumer<String> out, Consumer<String> err) {
        if (!args.isEmpty()) {
            err.accept("./coral prices takes no options.");
            return OwnersCommand.USAGE_ERROR;
        }
        try (InstallationCheckup installation = InstallationCheckup.of(environment, TransitEngine.of(environment))) {
            List<PriceList.Line> prices = PriceList.of(installation.file(PriceList.FILE)).valid(Instant.now());
            prices.forEach(line -> out.accept("%-3s %-56s %-24s since %s  %s".formatted(
                    line.own() ? "own" : "", line.name(), price(line), line.validFrom(), line.source())));
            out.accept("");
            out.accept("Lines marked \"own\" are from " + installation.file(PriceList.FILE) + ".");
            return 0;
        } catch (StartFault fault) {
            err.accept(String.valueOf(fault.getMessage()));
        } catch (IOException e) {
            err.accept("The data folder cannot be read (" + e.getMessage() + "). It must belong to the user that runs this.");
        }
        return OwnersCommand.FAILED;
    }

    private static String price(PriceList.Line line) {
        return "$" + line.usd().toPlainString() + (line.per() == 1 ? "" : " for " + line.per());
    }
}

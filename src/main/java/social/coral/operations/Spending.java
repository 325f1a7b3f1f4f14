package social.coral.operations;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.agents.WaitingRuns;
import social.coral.usage.InstallationSpending;
import social.coral.usage.Money;

/** {@code ./coral spending}: stops all calls of everybody, and limits what they may cost together in a month. */
final class Spending {

    private static final String USAGE = "Use ./coral spending with one of: show, stop, resume, limit <usd>, limit none.";

    private Spending() {}

    static void main(String[] args) {
        System.exit(run(CommandEnvironment.load(), List.of(args), System.out::println, System.err::println));
    }

    static int run(ConfigurableEnvironment environment, List<String> args, Consumer<String> out, Consumer<String> err) {
        boolean limit = args.size() == 2 && args.getFirst().equals("limit");
        if (!limit && !(args.size() == 1 && List.of("show", "stop", "resume").contains(args.getFirst()))) {
            err.accept(USAGE);
            return OwnersCommand.USAGE_ERROR;
        }
        return OwnersCommand.run(environment, "Nothing was changed:", err, owner -> {
            InstallationSpending spending = new InstallationSpending(owner);
            switch (args.getFirst()) {
                case "stop" -> spending.stop();
                case "resume" -> {
                    spending.resume();
                    owner.eachTenant(() -> WaitingRuns.goOn(owner.tenants()));
                }
                case "limit" -> {
                    spending.limit(args.getLast().equals("none") ? null : OwnersCommand.usd(args.getLast()));
                    owner.eachTenant(() -> WaitingRuns.goOn(owner.tenants()));
                }
                default -> { }
            }
            show(spending.standing(), out);
        });
    }

    private static void show(InstallationSpending.Standing standing, Consumer<String> out) {
        out.accept(standing.stoppedAt() == null
                ? "Calls are made. ./coral spending stop ends all calls of everybody."
                : "All calls are stopped since " + standing.stoppedAt().truncatedTo(ChronoUnit.SECONDS) + ". ./coral spending resume allows them again,"
                        + " and the runs that wait for it go on.");
        out.accept("Spent this month (UTC): " + Money.of(standing.spentMicroUsd()) + (standing.limitMicroUsd() == null
                ? ", without a limit for everybody together."
                : " of " + Money.of(standing.limitMicroUsd()) + ", and " + Money.of(standing.openMicroUsd()) + " is reserved by open calls."));
    }
}

package social.coral.operations;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.agents.WaitingRuns;
import social.coral.usage.Money;
import social.coral.usage.Plans;
import social.coral.usage.Usage;

/** {@code ./coral plan} and {@code ./coral limit}: what a plan allows, and what a person may spend in a month. */
final class PersonPlans {

    private PersonPlans() {}

    static void main(String[] args) {
        System.exit(run(CommandEnvironment.load(), List.of(args), System.out::println, System.err::println));
    }

    static int run(ConfigurableEnvironment environment, List<String> args, Consumer<String> out, Consumer<String> err) {
        boolean limit = args.size() == 3 && args.getFirst().equals("limit");
        boolean set = args.size() == 4 && args.subList(0, 2).equals(List.of("plan", "set"));
        boolean change = args.size() >= 4 && args.subList(0, 2).equals(List.of("plan", "change"));
        if (!limit && !set && !change && !args.equals(List.of("plan", "list"))) {
            err.accept("Use ./coral plan list, ./coral plan set <email or id> <plan>, ./coral plan change <plan> <what>=<number|none>, "
                    + "or ./coral limit <email or id> <usd>.");
            return OwnersCommand.USAGE_ERROR;
        }
        return OwnersCommand.run(environment, "Nothing was changed:", err, owner -> {
            Plans plans = new Plans(owner);
            if (limit) {
                BigDecimal usd = OwnersCommand.usd(args.getLast());
                plans.limit(args.get(1), usd);
                owner.named(args.get(1)).run(() -> WaitingRuns.goOn(owner.tenants()));
                out.accept(args.get(1) + " may spend $" + usd.toPlainString() + " a month, until the plan is changed.");
            } else if (set) {
                Plans.Plan plan = plans.set(args.get(2), args.getLast());
                owner.named(args.get(2)).run(() -> WaitingRuns.goOn(owner.tenants()));
                out.accept(args.get(2) + " has the plan " + plan.name() + " now: " + words(plan) + ".");
            } else if (change) {
                Plans.Plan plan = plans.change(args.get(2), args.subList(3, args.size()));
                owner.eachTenant(() -> WaitingRuns.goOn(owner.tenants()));
                out.accept(plan.name() + ": " + words(plan));
            } else {
                plans.all().forEach(plan -> out.accept(plan.name() + ": " + words(plan)));
            }
        });
    }

    private static String words(Plans.Plan plan) {
        return Money.of(plan.monthCents() * Usage.MICRO_USD_OF_A_CENT) + " a month"
                + (plan.others().isEmpty() ? ", no other limit" : ", " + String.join(", ", plan.others()));
    }
}

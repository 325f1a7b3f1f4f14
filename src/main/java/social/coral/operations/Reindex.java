package social.coral.operations;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.core.env.ConfigurableEnvironment;
import social.coral.knowledge.Rebuild;

/** {@code ./coral reindex}: has the indexes of searches rebuilt from the database while they are used. */
final class Reindex {

    private Reindex() {}

    static void main(String[] args) {
        System.exit(run(CommandEnvironment.load(), List.of(args), System.out::println, System.err::println));
    }

    static int run(ConfigurableEnvironment environment, List<String> args, Consumer<String> out, Consumer<String> err) {
        boolean oneTenant = args.size() == 2 && args.getFirst().equals("--tenant");
        if (!oneTenant && !args.isEmpty()) {
            err.accept("Use ./coral reindex, or ./coral reindex --tenant <email or id>.");
            return OwnersCommand.USAGE_ERROR;
        }
        return OwnersCommand.run(environment, "Nothing is rebuilt:", err, owner -> {
            AtomicInteger begun = new AtomicInteger();
            Runnable begin = () -> {
                if (Rebuild.begin(owner.tenants())) {
                    begun.incrementAndGet();
                }
            };
            if (oneTenant) {
                owner.named(args.getLast()).run(begin);
            } else {
                owner.eachTenant(begin);
            }
            out.accept("Tenants whose indexes are rebuilt: " + begun + ". Until that is done, searches find what is there and say so.");
        });
    }
}

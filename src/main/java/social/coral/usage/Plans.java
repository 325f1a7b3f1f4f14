package social.coral.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.installation.StartFault;
import social.coral.tenancy.OwnerDoor;

/** The plans, and the limit that each person has by theirs; for the operator's commands. */
public final class Plans {

    private static final BigDecimal CENTS = BigDecimal.valueOf(100);

    private final OwnerDoor owner;

    public Plans(OwnerDoor owner) {
        this.owner = owner;
    }

    /** @param monthCents what may be spent in a month */
    public record Plan(String name, int monthCents) {}

    public List<Plan> all() {
        return JdbcClient.create(owner.own())
                .sql("select name, month_cents from usage.plans order by month_cents, name")
                .query((row, number) -> new Plan(row.getString("name"), row.getInt("month_cents")))
                .list();
    }

    /** Gives a person a plan and its limit, from the next call on. */
    public Plan set(String emailOrId, String name) {
        List<Plan> plans = all();
        Plan plan = plans.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow(() -> new StartFault(
                "There is no plan \"" + name + "\". Choose one of: " + plans.stream().map(Plan::name).collect(Collectors.joining(", ")) + "."));
        owner.named(emailOrId).run(() -> owner.tenants().transaction(() -> {
            owner.tenants().sql("update public.user_profiles set subscription_tier = :plan, api_usage_limit = :cents where user_id = :tenant")
                    .param("plan", plan.name())
                    .param("cents", plan.monthCents())
                    .update();
            owner.tenants().audit("plan.changed", plan.name());
        }));
        return plan;
    }

    /** Gives a person a limit of its own beside the plan's, which holds until the next change of the plan. */
    public void limit(String emailOrId, BigDecimal usd) {
        owner.named(emailOrId).run(() -> owner.tenants().transaction(() -> {
            owner.tenants().sql("update public.user_profiles set api_usage_limit = :cents where user_id = :tenant")
                    .param("cents", usd.multiply(CENTS).intValueExact())
                    .update();
            owner.tenants().audit("plan.limit_changed", "$" + usd.toPlainString());
        }));
    }
}

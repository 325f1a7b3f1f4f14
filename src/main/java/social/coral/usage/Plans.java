package social.coral.usage;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.installation.StartFault;
import social.coral.tenancy.OwnerDoor;

/** The plans, and the limit that each person has by theirs; for the operator's commands. */
public final class Plans {

    private static final BigDecimal CENTS = BigDecimal.valueOf(100);

    private final OwnerDoor owner;
    private final JdbcClient plans;

    public Plans(OwnerDoor owner) {
        this.owner = owner;
        this.plans = JdbcClient.create(owner.own());
    }

    /**
     * A plan.
     *
     * @param monthCents what may be spent in a month
     * @param others its other limits in words, such as {@code 5 active accounts}
     */
    public record Plan(String name, int monthCents, List<String> others) {}

    public List<Plan> all() {
        return plans.sql("select name, month_cents, accounts, agents, requests_per_minute, retention_days, models from usage.plans order by month_cents, name")
                .query((row, number) -> new Plan(row.getString("name"), row.getInt("month_cents"), PlanLimit.words(row)))
                .list();
    }

    /** Gives a person a plan and its limits, from the next call on. What it has no room for is paused. */
    public Plan set(String emailOrId, String name) {
        Plan plan = named(name);
        owner.named(emailOrId).run(() -> owner.tenants().transaction(() -> {
            owner.tenants().sql("update public.user_profiles set subscription_tier = :plan, api_usage_limit = :cents where user_id = :tenant")
                    .param("plan", plan.name())
                    .param("cents", plan.monthCents())
                    .update();
            keepWithin();
            owner.tenants().audit("plan.changed", plan.name());
        }));
        return plan;
    }

    /** Changes limits of a plan, such as {@code accounts=5} or {@code retention=none}, for everybody who has it. */
    public Plan change(String name, List<String> assignments) {
        Plan plan = named(name);
        Map<PlanLimit, @Nullable Object> changes = PlanLimit.read(assignments);
        JdbcClient.StatementSpec update = plans.sql("update usage.plans set " + changes.keySet().stream()
                .map(limit -> limit.column() + " = ?").collect(Collectors.joining(", ")) + " where name = ?");
        changes.values().forEach(update::param);
        update.param(plan.name()).update();
        owner.eachTenant(() -> owner.tenants().transaction(() -> {
            if (owner.tenants().sql("select user_id from public.user_profiles where user_id = :tenant and subscription_tier = :plan")
                    .param("plan", plan.name()).first(row -> true).isPresent()) {
                keepWithin();
            }
        }));
        return named(name);
    }

    private void keepWithin() {
        owner.tenants().sql("select usage.keep_within_plan(:tenant)").one(row -> true);
    }

    private Plan named(String name) {
        List<Plan> all = all();
        return all.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow(() -> new StartFault(
                "There is no plan \"" + name + "\". Choose one of: " + all.stream().map(Plan::name).collect(Collectors.joining(", ")) + "."));
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

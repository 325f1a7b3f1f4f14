package social.coral.agents;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.models.LanguageModels;
import social.coral.tenancy.Columns;
import social.coral.tenancy.Query;
import social.coral.tenancy.TenantDoor;
import social.coral.usage.PlanLimits;
import social.coral.vault.ApiKey;
import social.coral.vault.ApiKeys;
import social.coral.vault.ServiceName;

/** The current tenant's choices of models, one for each agent that uses one of the person's choice. */
@Component
class ModelChoices {

    private final TenantDoor door;
    private final LanguageModels models;
    private final ApiKeys keys;
    private final PlanLimits plan;

    ModelChoices(TenantDoor door, LanguageModels models, ApiKeys keys, PlanLimits plan) {
        this.door = door;
        this.models = models;
        this.keys = keys;
        this.plan = plan;
    }

    record Stored(String agent, ModelChoice choice) {}

    /** All choices that were ever made. */
    Query<Stored> stored() {
        return door.sql("select agent, provider, model, temperature, max_output_tokens from public.agent_settings where user_id = :tenant")
                .query(row -> new Stored(row.getString("agent"), read(row)));
    }

    ModelChoice of(String agent) {
        return door.sql("""
                        select agent, provider, model, temperature, max_output_tokens from public.agent_settings
                        where user_id = :tenant and agent = :agent
                        """)
                .param("agent", agent)
                .first(ModelChoices::read)
                .orElse(ModelChoice.DEFAULT);
    }

    /** Changes the given fields of a choice. A {@link Failure} names each that cannot be taken, and then nothing changes. */
    ModelChoice change(String agent, Map<String, ?> fields) {
        return door.transaction(() -> {
            door.lockTenant();
            ModelChoice before = of(agent);
            ModelChoice changed = changed(before, fields);
            if (!changed.equals(before)) {
                requireInPlan(provider(changed, keys.list()), changed.model());
                save(agent, changed);
                door.audit("model_choice.changed", agent);
            }
            return changed;
        });
    }

    /** Returns the choice that these fields would make, and changes nothing. A {@link Failure} is the same as for a change. */
    ModelChoice considered(String agent, Map<String, ?> fields) {
        ModelChoice considered = changed(of(agent), fields);
        requireInPlan(provider(considered, keys.list()), considered.model());
        return considered;
    }

    private ModelChoice changed(ModelChoice before, Map<String, ?> fields) {
        ModelChoice changed = withProvider(new ModelChoiceEdit(before, models.providers()).apply(fields));
        requireTemperature(changed);
        return changed;
    }

    /** A model belongs to its provider, also when the person has the keys of others later. */
    private ModelChoice withProvider(ModelChoice choice) {
        return choice.model() == null || choice.provider() != null ? choice
                : new ModelChoice(provider(choice, keys.list()), choice.model(), choice.temperature(), choice.maxOutputTokens());
    }

    private void requireTemperature(ModelChoice choice) {
        BigDecimal temperature = choice.temperature();
        ServiceName provider = choice.provider();
        if (temperature != null && provider != null && temperature.doubleValue() > models.maxTemperature(provider)) {
            throw Failure.invalid("temperature", "%s takes a temperature from 0 to %.0f.".formatted(models.title(provider), models.maxTemperature(provider)));
        }
    }

    /** Throws a 403 {@code plan_limit} for a model that the plan does not include; null is the provider's default. */
    void requireInPlan(ServiceName provider, @Nullable String model) {
        plan.requireModel(provider.toString(), models.title(provider), model == null ? models.defaultModel(provider) : model);
    }

    private void save(String agent, ModelChoice choice) {
        door.sql("""
                        insert into public.agent_settings (agent, provider, model, temperature, max_output_tokens)
                        values (:agent, :provider, :model, :temperature, :tokens)
                        on conflict (user_id, agent) do update set provider = excluded.provider, model = excluded.model,
                          temperature = excluded.temperature, max_output_tokens = excluded.max_output_tokens, updated_at = excluded.updated_at
                        """)
                .param("agent", agent)
                .param("provider", choice.provider())
                .param("model", choice.model())
                .param("temperature", choice.temperature())
                .param("tokens", choice.maxOutputTokens())
                .update();
    }

    /** Returns the provider of a choice: without one, the first that the tenant has a key for, or the first of all. */
    ServiceName provider(ModelChoice choice, List<ApiKey> stored) {
        Set<ServiceName> active = stored.stream().filter(ApiKey::isActive).map(ApiKey::serviceName).collect(Collectors.toSet());
        return Optional.ofNullable(choice.provider())
                .or(() -> models.providers().stream().filter(active::contains).findFirst())
                .orElseGet(() -> models.providers().getFirst());
    }

    private static ModelChoice read(ResultSet row) throws SQLException {
        String agent = row.getString("agent");
        @Nullable ServiceName provider = row.getString("provider") == null ? null
                : Columns.word(row, "choice of a model for " + agent, "provider", Columns.constant(ServiceName.class));
        return new ModelChoice(provider, row.getString("model"), row.getBigDecimal("temperature"), row.getObject("max_output_tokens", Integer.class));
    }
}

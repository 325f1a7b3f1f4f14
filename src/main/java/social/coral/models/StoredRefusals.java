package social.coral.models;

import java.util.Set;
import org.springframework.stereotype.Component;
import social.coral.tenancy.TenantDoor;
import social.coral.vault.ServiceName;

/** Keeps them in the database, so that each process knows what one has found. */
@Component
class StoredRefusals implements RefusedParameters {

    private final TenantDoor door;

    StoredRefusals(TenantDoor door) {
        this.door = door;
    }

    @Override
    public Set<String> of(ServiceName service, String model) {
        return Set.copyOf(door.sql("""
                        select parameter from public.refused_parameters
                        where user_id = :tenant and service = :service and model = :model and found_at > now() - interval '1 month'
                        limit 100
                        """)
                .param("service", service)
                .param("model", model)
                .list(row -> row.getString("parameter")));
    }

    @Override
    public void add(ServiceName service, String model, String parameter) {
        door.sql("""
                        insert into public.refused_parameters (service, model, parameter) values (:service, :model, :parameter)
                        on conflict (user_id, service, model, parameter) do update set found_at = excluded.found_at
                        """)
                .param("service", service)
                .param("model", model)
                .param("parameter", parameter)
                .update();
    }
}

package social.coral.models;

import java.util.Set;
import social.coral.vault.ServiceName;

/** Remembers for a month which parameters a model does not take, as the current tenant's calls found out. */
interface RefusedParameters {

    Set<String> of(ServiceName service, String model);

    void add(ServiceName service, String model, String parameter);
}

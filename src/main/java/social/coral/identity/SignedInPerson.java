package social.coral.identity;

import java.util.UUID;
import social.coral.tenancy.Tenant;

/**
 * The authenticated sender of a request, whose token or cookie belongs to an active session.
 *
 * @param id the id of the person, which is also that of the tenant
 * @param aal the authenticator assurance level of the session: {@code aal1} by password, {@code aal2} with a second factor
 */
public record SignedInPerson(UUID id, String email, UUID sessionId, String aal) {

    public Tenant tenant() {
        return new Tenant(id);
    }
}

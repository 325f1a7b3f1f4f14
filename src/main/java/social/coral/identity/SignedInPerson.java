package social.coral.identity;

import java.util.UUID;
import social.coral.tenancy.Tenant;

/**
 * Who sent this request, proven by a token or a cookie whose session is alive.
 *
 * @param id the person, who is also the tenant
 * @param sessionId the session that the proof belongs to
 * @param aal the assurance of that session: {@code aal1} by password, {@code aal2} with a second factor
 */
public record SignedInPerson(UUID id, String email, UUID sessionId, String aal) {

    public Tenant tenant() {
        return new Tenant(id);
    }
}

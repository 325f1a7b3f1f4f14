package social.coral.identity;

import org.springframework.stereotype.Component;
import social.coral.tenancy.Tenant;

/** Suspended accounts. Their people cannot sign in, and no jobs run for them. */
@Component
public class Suspensions {

    private final AuthDatabase database;

    Suspensions(AuthDatabase database) {
        this.database = database;
    }

    public boolean isSuspended(Tenant tenant) {
        return database.sql("select exists (select 1 from auth.users where id = :person and banned_until > now())")
                .param("person", tenant.id())
                .query(Boolean.class)
                .single();
    }
}

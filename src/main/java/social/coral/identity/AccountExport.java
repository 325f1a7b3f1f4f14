package social.coral.identity;

import org.springframework.stereotype.Component;
import social.coral.tenancy.Tenant;

/** Exports what is stored about the current tenant's account and sign-ins. */
@Component
public class AccountExport {

    private final AuthDatabase database;

    AccountExport(AuthDatabase database) {
        this.database = database;
    }

    /** Returns the person, their sessions and their known browsers and networks as JSON, without passwords, tokens, cookies or their hashes. */
    public String json() {
        return database.sql("""
                        select json_build_object(
                          'person', json_build_object('id', p.id, 'email', p.email, 'email_confirmed_at', p.email_confirmed_at at time zone 'UTC',
                            'last_sign_in_at', p.last_sign_in_at at time zone 'UTC', 'app_metadata', p.raw_app_meta_data,
                            'user_metadata', p.raw_user_meta_data, 'created_at', p.created_at at time zone 'UTC',
                            'updated_at', p.updated_at at time zone 'UTC'),
                          'sessions', coalesce((select json_agg(json_build_object('id', s.id, 'aal', s.aal, 'amr', s.amr,
                              'user_agent', s.user_agent, 'ip', host(s.ip), 'created_at', s.created_at at time zone 'UTC',
                              'last_used_at', s.last_used_at at time zone 'UTC', 'expires_at', s.expires_at at time zone 'UTC')
                              order by s.created_at desc)
                            from auth.coral_sessions s where s.user_id = p.id), '[]'),
                          'known_from', coalesce((select json_agg(json_build_object('kind', f.kind, 'seen_at', f.seen_at at time zone 'UTC')
                              order by f.kind, f.seen_at desc) from auth.coral_familiar f where f.user_id = p.id), '[]'))::text
                        from auth.users p where p.id = :person
                        """)
                .param("person", Tenant.current().id())
                .query(String.class)
                .single();
    }
}

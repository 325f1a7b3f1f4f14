package social.coral.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes changes of the account itself to the person's audit, in the caller's transaction. */
@Component
class AccountAudit {

    private final AuthDatabase database;

    AccountAudit(AuthDatabase database) {
        this.database = database;
    }

    /**
     * @param action the thing and the action, such as {@code session.opened}
     * @param client the origin; null when the person did not do it themselves
     */
    void enter(UUID person, String action, String subject, @Nullable Client client, @Nullable UUID session) {
        database.sql("select audit.append_for(:person, :action, :subject, cast(:address as inet), cast(:session as uuid))")
                .param("person", person)
                .param("action", action)
                .param("subject", subject)
                .param("address", client == null ? null : client.address())
                .param("session", session)
                .query((row, number) -> true)
                .single();
    }
}

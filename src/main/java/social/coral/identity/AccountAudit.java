package social.coral.identity;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Enters into a person's audit what was done to the account itself, in the transaction that is open around it. */
@Component
class AccountAudit {

    private final AuthDatabase database;

    AccountAudit(AuthDatabase database) {
        this.database = database;
    }

    /**
     * @param action a thing and what was done to it, such as {@code session.opened}
     * @param client from where; null when it was not the person's own doing
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

package social.coral;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import social.coral.tenancy.Databases;
import social.coral.tenancy.Tenant;

/** Makes people straight in the database, for tests that need tenants and no sign-in. */
public final class Tenants {

    private Tenants() {}

    /** A new person with what sign-up gives, in one transaction as there: a profile, the default persona, the first log entry. */
    public static Tenant aTenant(Databases databases) {
        UUID id = UUID.randomUUID();
        String email = id + "@example.org";
        // The same for both: a transaction is known by its source of connections, and each call gives another.
        DataSource connections = databases.auth();
        JdbcClient auth = JdbcClient.create(connections);
        new TransactionTemplate(new JdbcTransactionManager(connections)).executeWithoutResult(transaction -> {
            auth.sql("insert into auth.users (id, email, email_confirmed_at) values (?, ?, now())").params(id, email).update();
            auth.sql("select auth.provision_person(?, ?, ?)").params(id, email, "Person").query(String.class).list();
        });
        return new Tenant(id);
    }
}

package social.coral.identity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import social.coral.installation.MasterKey;

/** Re-seals the private signing keys for the operator's commands. Retired keys only verify, so their private halves are left alone. */
public final class SigningKeySeals {

    private record Row(String kid, byte[] sealed) {}

    private final JdbcClient database;
    private final MasterKey masterKey;

    public SigningKeySeals(DataSource owner, MasterKey masterKey) {
        this.database = JdbcClient.create(owner);
        this.masterKey = masterKey;
    }

    /** Returns the id of the master key that each is sealed under; {@code unknown} for a missing one. */
    public List<String> masterKeys() {
        return rows().stream()
                .map(row -> SigningKeys.open(masterKey, row.kid(), row.sealed()).map(SigningKeys.Opened::masterKeyId).orElse("unknown"))
                .toList();
    }

    /** Seals them under the current master key, each in its own transaction. Returns the ids of those that cannot be opened. */
    public List<String> reseal() {
        List<String> unreadable = new ArrayList<>();
        for (Row row : rows()) {
            Optional<SigningKeys.Opened> opened = SigningKeys.open(masterKey, row.kid(), row.sealed());
            if (opened.isEmpty()) {
                unreadable.add(row.kid());
            } else if (!opened.get().masterKeyId().equals(masterKey.currentId())) {
                database.sql("update auth.coral_signing_keys set sealed_private_key = :sealed where kid = :kid")
                        .param("sealed", SigningKeys.sealed(masterKey, row.kid(), opened.get().plain()))
                        .param("kid", row.kid())
                        .update();
            }
            opened.ifPresent(key -> Arrays.fill(key.plain(), (byte) 0));
        }
        return unreadable;
    }

    private List<Row> rows() {
        return database.sql("select kid, sealed_private_key from auth.coral_signing_keys where retired_at is null order by created_at limit 100")
                .query((row, number) -> new Row(row.getString("kid"), row.getBytes("sealed_private_key")))
                .list();
    }
}

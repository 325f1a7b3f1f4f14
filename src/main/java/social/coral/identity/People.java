package social.coral.identity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import social.coral.api.Failure;
import social.coral.tenancy.Columns;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The people who have signed up: {@code auth.users}. */
@Component
class People {

    /** A person and the hash of their password. */
    record Credentials(Person person, @Nullable String passwordHash) {

        /** Leaves out the hash. */
        @Override
        public String toString() {
            return "Credentials of " + person.id();
        }
    }

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final AuthDatabase database;
    private final JsonMapper json;

    People(AuthDatabase database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Adds a person with profile, default persona and first log entry, in the caller's transaction. */
    Person add(EmailAddress address, String passwordHash, Map<String, Object> userMetadata, String fullName) {
        Person person = database.sql("""
                        insert into auth.users (email, encrypted_password, email_confirmed_at, last_sign_in_at, raw_app_meta_data, raw_user_meta_data)
                        values (:email, :hash, now(), now(), '{"provider": "email", "providers": ["email"]}', cast(:metadata as jsonb))
                        returning *
                        """)
                .param("email", address.value())
                .param("hash", passwordHash)
                .param("metadata", json.writeValueAsString(userMetadata))
                .query((row, number) -> read(row))
                .single();
        database.sql("select true from auth.provision_person(:id, :email, :name)")
                .param("id", person.id())
                .param("email", person.email())
                .param("name", fullName)
                .query(Boolean.class)
                .single();
        return person;
    }

    Optional<Credentials> credentials(EmailAddress address) {
        return database.sql("select * from auth.users where lower(email) = :email and deleted_at is null")
                .param("email", address.value())
                .query((row, number) -> new Credentials(read(row), row.getString("encrypted_password")))
                .optional();
    }

    Optional<Credentials> credentials(UUID id) {
        return database.sql("select * from auth.users where id = :id and deleted_at is null")
                .param("id", id)
                .query((row, number) -> new Credentials(read(row), row.getString("encrypted_password")))
                .optional();
    }

    Optional<Person> find(UUID id) {
        return credentials(id).map(Credentials::person);
    }

    /**
     * Records the sign-in, if these are still the person's credentials. A concurrent change of the password waits for the caller's
     * transaction, and then ends the session that it opened.
     */
    Optional<Person> signedIn(Credentials proven) {
        return database.sql("""
                        update auth.users set last_sign_in_at = now(), updated_at = now()
                        where id = :id and encrypted_password = :hash and deleted_at is null returning *
                        """)
                .param("id", proven.person().id())
                .param("hash", proven.passwordHash())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Changes the password. Returns false when these are no longer the person's credentials. */
    boolean changePassword(Credentials proven, String passwordHash) {
        return database.sql("""
                        update auth.users set encrypted_password = :fresh, updated_at = now()
                        where id = :id and encrypted_password = :hash and deleted_at is null
                        """)
                .param("id", proven.person().id())
                .param("hash", proven.passwordHash())
                .param("fresh", passwordHash)
                .update() == 1;
    }

    void changeMetadata(UUID id, Map<String, Object> metadata) {
        database.sql("update auth.users set raw_user_meta_data = cast(:metadata as jsonb), updated_at = now() where id = :id")
                .param("id", id)
                .param("metadata", json.writeValueAsString(metadata))
                .update();
    }

    /** Locks the person against other changes until the caller's transaction ends. */
    Credentials lock(UUID id) {
        return database.sql("select * from auth.users where id = :id and deleted_at is null for no key update")
                .param("id", id)
                .query((row, number) -> new Credentials(read(row), row.getString("encrypted_password")))
                .optional()
                .orElseThrow(Failure::notFound);
    }

    private Person read(ResultSet row) throws SQLException {
        return new Person(
                Columns.id(row),
                Objects.requireNonNullElse(row.getString("email"), ""),
                object(row.getString("raw_app_meta_data")),
                object(row.getString("raw_user_meta_data")),
                Columns.optionalInstant(row, "email_confirmed_at"),
                Columns.optionalInstant(row, "last_sign_in_at"),
                Columns.optionalInstant(row, "banned_until"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }

    private Map<String, Object> object(@Nullable String text) {
        return text == null ? Map.of() : json.readValue(text, OBJECT);
    }
}

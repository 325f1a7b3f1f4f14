package social.coral.identity;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A person in the wire protocol's form. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WireUser(
        UUID id,
        String aud,
        String role,
        String email,
        String phone,
        @Nullable Instant emailConfirmedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant lastSignInAt,
        Map<String, Object> appMetadata,
        Map<String, Object> userMetadata,
        List<Identity> identities,
        Instant createdAt,
        Instant updatedAt,
        boolean isAnonymous) {

    /** A sign-in method: here always the address with its password. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Identity(
            UUID identityId,
            UUID id,
            UUID userId,
            Map<String, Object> identityData,
            String provider,
            @Nullable Instant lastSignInAt,
            Instant createdAt,
            Instant updatedAt,
            String email) {}

    static WireUser of(Person person) {
        return new WireUser(
                person.id(), "authenticated", "authenticated", person.email(), "",
                person.emailConfirmedAt(), person.emailConfirmedAt(), person.lastSignInAt(),
                person.appMetadata(), person.userMetadata(), List.of(identityOf(person)),
                person.createdAt(), person.updatedAt(), false);
    }

    private static Identity identityOf(Person person) {
        UUID id = UUID.nameUUIDFromBytes(("email/" + person.id()).getBytes(StandardCharsets.UTF_8));
        Map<String, Object> data = Map.of(
                "sub", person.id().toString(),
                "email", person.email(),
                "email_verified", person.emailConfirmedAt() != null,
                "phone_verified", false);
        return new Identity(
                id, person.id(), person.id(), data, "email", person.lastSignInAt(), person.createdAt(), person.updatedAt(), person.email());
    }
}

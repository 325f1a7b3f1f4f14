package social.coral.identity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The wire protocol's routes for the signed-in person. */
@RestController
@RequestMapping("/auth/v1/user")
@Tag(name = "Authentication")
class WireUsers {

    @JsonIgnoreProperties(ignoreUnknown = true)
    record UserChange(
            @Nullable String email,
            @Nullable String phone,
            @Nullable String password,
            @Nullable String currentPassword,
            @Nullable Map<String, @Nullable Object> data) {

        @Override
        public String toString() {
            return "UserChange[hidden]";
        }
    }

    private final Accounts accounts;
    private final People people;
    private final WireBearer bearer;

    WireUsers(Accounts accounts, People people, WireBearer bearer) {
        this.accounts = accounts;
        this.people = people;
        this.bearer = bearer;
    }

    @GetMapping
    @Operation(summary = "Show the signed-in person")
    WireUser read(@RequestHeader(name = "Authorization", required = false) @Nullable String authorization) {
        return user(bearer.person(authorization));
    }

    @PutMapping
    @Operation(
            summary = "Change the signed-in person",
            description = "Merges `data` into the metadata. A new `password` needs `current_password` and ends all other sessions.")
    WireUser change(
            @RequestHeader(name = "Authorization", required = false) @Nullable String authorization,
            @RequestBody(required = false) @Nullable UserChange body,
            HttpServletRequest request) {
        SignedInPerson person = bearer.person(authorization);
        UserChange change = body == null ? new UserChange(null, null, null, null, null) : body;
        if (change.email() != null && !EmailAddress.of(change.email()).value().equals(person.email())) {
            throw new WireRefusal(HttpStatus.BAD_REQUEST, "validation_failed", "The address of an account cannot be changed");
        }
        if (change.phone() != null && !change.phone().isEmpty()) {
            throw new WireRefusal(HttpStatus.BAD_REQUEST, "phone_provider_disabled", "Phone numbers are disabled");
        }
        if (change.password() != null && !change.password().isEmpty()) {
            accounts.changePassword(
                    person.id(), person.sessionId(), change.password(), change.currentPassword(),
                    change.data() == null ? Map.of() : change.data(), Client.of(request));
        } else if (change.data() != null) {
            accounts.changeMetadata(person.id(), person.sessionId(), change.data(), Client.of(request));
        }
        return user(person);
    }

    private WireUser user(SignedInPerson person) {
        return WireUser.of(people.find(person.id()).orElseThrow(WireBearer::personGone));
    }
}

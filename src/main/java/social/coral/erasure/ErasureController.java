package social.coral.erasure;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Idempotent;
import social.coral.identity.Client;
import social.coral.identity.SignedInPerson;

@RestController
@RequestMapping("/api/user")
@Tag(name = "Your data", description = "Export, import and erasure")
class ErasureController {

    record ErasureRequest(@Nullable String password, @Nullable Boolean waiveGrace) {

        @Override
        public String toString() {
            return "ErasureRequest[hidden]";
        }
    }

    record ErasureAnswer(Erasure erasure) {}

    record Erasure(Instant dueAt, boolean canBeUndone) {}

    private final Erasures erasures;

    ErasureController(Erasures erasures) {
        this.erasures = erasures;
    }

    @Idempotent
    @DeleteMapping
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(summary = "Erases the account and everything it owns", description = """
            Needs the `password`, unless the session was opened within the last five minutes: 403 `reauthentication_needed`. Agents stop at once. \
            The data stays for seven days, during which `POST /api/user/restore` undoes the erasure. Then it is removed from every table and the \
            removal is verified; the operator gets a certificate without personal data. `waive_grace: true` starts at once and cannot be undone.""")
    ErasureAnswer erase(
            @RequestBody(required = false) @Nullable ErasureRequest body,
            @Parameter(hidden = true) @AuthenticationPrincipal SignedInPerson person,
            @Parameter(hidden = true) HttpServletRequest request) {
        boolean waived = body != null && Boolean.TRUE.equals(body.waiveGrace());
        return new ErasureAnswer(new Erasure(erasures.ask(person, body == null ? null : body.password(), waived, Client.of(request)), !waived));
    }

    @Idempotent
    @PostMapping("/restore")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Undoes the erasure of the account", description = """
            Keeps the data. Schedules continue at their next time, and runs that were cancelled stay cancelled. 409 `nothing_to_undo` when no \
            erasure is pending.""")
    void restore(
            @Parameter(hidden = true) @AuthenticationPrincipal SignedInPerson person, @Parameter(hidden = true) HttpServletRequest request) {
        erasures.undo(person, Client.of(request));
    }
}

package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/x-accounts")
@Tag(name = "Accounts", description = "Whom the tenant listens to")
class XAccountController {

    record New(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "@coral") @Nullable String username,
            @Schema(description = "0 to 100, the highest first; 50 when not given") @Nullable Integer priority) {}

    record Change(@Nullable Integer priority, @Nullable Boolean isActive) {}

    record One(XAccount xAccount) {}

    record Many(List<XAccount> xAccounts) {}

    private final XAccounts accounts;

    XAccountController(XAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @Operation(summary = "List accounts, by priority")
    Many list(Page page) {
        return new Many(accounts.list(page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Add an account", description = "One that is there already answers 409 `already_added` with its `id`; past the bound 409 `limit`.")
    One add(@RequestBody New body) {
        return new One(accounts.add(Username.of("username", body.username()), body.priority()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Show an account")
    One get(@PathVariable UUID id) {
        return new One(accounts.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Change an account's priority, or switch it on or off")
    One change(@PathVariable UUID id, @RequestBody Change body) {
        return new One(accounts.change(id, body.priority(), body.isActive()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Stop listening to an account", description = "Posts that were collected from it stay.")
    void remove(@PathVariable UUID id) {
        accounts.remove(id);
    }
}

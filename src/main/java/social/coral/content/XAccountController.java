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

    record NewAccount(
            @Schema(description = "With or without @, or a link to the profile", requiredMode = Schema.RequiredMode.REQUIRED, example = "@coral")
            @Nullable String username,
            @Schema(description = "0 to 100, the highest first; 50 when not given") @Nullable Integer priority) {}

    record AccountChange(@Nullable Integer priority, @Nullable Boolean isActive) {}

    record OneAccount(XAccount xAccount) {}

    record AccountList(List<XAccount> xAccounts) {}

    private final XAccounts accounts;

    XAccountController(XAccounts accounts) {
        this.accounts = accounts;
    }

    @GetMapping
    @Operation(summary = "Lists accounts, by priority")
    AccountList list(Page page) {
        return new AccountList(accounts.list(page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Adds an account", description = "One that is there already answers 409 `already_added` with its `id`; past the bound 409 `limit`.")
    OneAccount add(@RequestBody NewAccount body) {
        return new OneAccount(accounts.add(Username.of("username", body.username()), body.priority()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows an account")
    OneAccount get(@PathVariable UUID id) {
        return new OneAccount(accounts.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes an account's priority, or switches it on or off")
    OneAccount change(@PathVariable UUID id, @RequestBody AccountChange body) {
        return new OneAccount(accounts.change(id, body.priority(), body.isActive()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Stops listening to an account", description = "Posts that were collected from it stay.")
    void remove(@PathVariable UUID id) {
        accounts.remove(id);
    }
}

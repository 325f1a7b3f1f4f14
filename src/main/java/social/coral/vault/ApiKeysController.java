package social.coral.vault;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Choice;
import social.coral.api.Failure;
import social.coral.api.Idempotent;

@RestController
@RequestMapping("/api/user/api-keys")
class ApiKeysController {

    /** Camel case, unlike other fields, because the contract says so. */
    record Listed(@JsonProperty("apiKeys") List<ApiKey> apiKeys) {}

    record NewKey(@Nullable String serviceName, @Nullable String apiKey) {

        @Override
        public String toString() {
            return "NewKey[" + serviceName + "]";
        }
    }

    record Saved(boolean success) {}

    record Checked(@JsonProperty("apiKey") ApiKey apiKey) {}

    private final ApiKeys keys;
    private final KeyChecks checks;

    ApiKeysController(ApiKeys keys, KeyChecks checks) {
        this.keys = keys;
        this.checks = checks;
    }

    @GetMapping
    @Operation(summary = "Lists the stored keys, never their values")
    Listed list() {
        return new Listed(keys.list());
    }

    @PostMapping
    @Operation(summary = "Stores a key, or replaces the one for the same service")
    Saved save(@RequestBody NewKey input) {
        ServiceName service = Choice.of("service_name", "service", String.valueOf(input.serviceName()), List.of(ServiceName.values()));
        keys.save(service, input.apiKey());
        return new Saved(true);
    }

    @Idempotent
    @PostMapping("/{service}/check")
    @Operation(summary = "Asks the service whether it accepts the stored key, with the others that work only together with it, if that is free")
    Checked check(@PathVariable String service) {
        return new Checked(checks.check(parse(service)));
    }

    @DeleteMapping("/{service}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Deletes a key")
    void delete(@PathVariable String service) {
        keys.delete(parse(service));
    }

    private static ServiceName parse(String name) {
        return ServiceName.named(name).orElseThrow(Failure::notFound);
    }
}

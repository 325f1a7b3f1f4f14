package social.coral.identity;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The wire protocol's routes for public keys, settings and health. */
@RestController
@RequestMapping("/auth/v1")
@Tag(name = "Authentication")
@SecurityRequirements
class WireMetadata {

    record Settings(
            Map<String, Boolean> external, boolean disableSignup, boolean mailerAutoconfirm, boolean phoneAutoconfirm, String smsProvider, boolean samlEnabled) {}

    record Health(String version, String name, String description) {}

    private final SigningKeys keys;
    private final String version;

    WireMetadata(SigningKeys keys, @Value("${spring.application.version:development}") String version) {
        this.keys = keys;
        this.version = version;
    }

    @GetMapping("/.well-known/jwks.json")
    @Operation(summary = "List the public keys of access tokens")
    ResponseEntity<Map<String, Object>> publicKeys() {
        List<JWK> all = List.copyOf(keys.publicKeys());
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePublic())
                .body(new JWKSet(all).toJSONObject(true));
    }

    @GetMapping("/settings")
    @Operation(summary = "List the available sign-in methods")
    Settings settings() {
        return new Settings(Map.of("email", true, "phone", false, "anonymous_users", false), false, true, false, "", false);
    }

    @GetMapping("/health")
    @Operation(summary = "Report the health of the authentication service")
    Health health() {
        return new Health(version, "Coral Social", "Sign-up, sign-in and tokens, compatible with GoTrue");
    }
}

package social.coral.edge;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;

/** Who may reach which path. What is not listed as public here is closed to strangers, including what is added later. */
final class AccessRules implements AuthorizationManager<HttpServletRequest> {

    private static final Set<String> PUBLIC = Set.of("/auth/login", "/auth/signup", "/v3/api-docs.yaml", "/swagger-ui.html");
    private static final Set<String> PUBLIC_TREES = Set.of("/auth/v1", "/webhooks", "/assets", "/actuator/health", "/v3/api-docs", "/swagger-ui");

    private static final AuthorizationResult GRANTED = new AuthorizationDecision(true);
    private static final AuthorizationManager<HttpServletRequest> OPERATOR = AuthorityAuthorizationManager.hasAuthority(AuthenticationFilter.OPERATOR);

    @Override
    public @Nullable AuthorizationResult authorize(Supplier<? extends @Nullable Authentication> authentication, HttpServletRequest request) {
        String path = Paths.of(request);
        // A request that was let in passes once more on its way to the page about its error.
        if (request.getDispatcherType() != DispatcherType.REQUEST || isPublic(path)) {
            return GRANTED;
        }
        if (Paths.isOperators(path)) {
            return OPERATOR.authorize(authentication, request);
        }
        Authentication proof = authentication.get();
        return new AuthorizationDecision(proof != null && proof.isAuthenticated());
    }

    private static boolean isPublic(String path) {
        return PUBLIC.contains(path) || PUBLIC_TREES.stream().anyMatch(root -> Paths.isAtOrBelow(path, root));
    }
}

package social.coral.edge;

import jakarta.servlet.Filter;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.ExceptionTranslationFilter;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;
import org.springframework.web.filter.RequestContextFilter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import social.coral.idempotency.IdempotentWrites;
import social.coral.identity.AccessTokens;
import social.coral.identity.BrowserSessions;
import social.coral.installation.DataFolder;
import social.coral.installation.DiskSpace;
import social.coral.installation.InstallationSettings;
import social.coral.installation.OperatorToken;
import social.coral.installation.PublicAddress;
import social.coral.tenancy.CostlyWork;
import social.coral.usage.RateLimits;
import social.coral.web.frame.SessionCookie;

/** The way of a request to its route: the valves of the connector, the filters of the servlet container, the chain of Spring Security. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class EdgeConfiguration {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> valves(ConnectionLimits connections, TrustedProxies proxies, TomcatErrors errors) {
        return factory -> {
            factory.setProtocol(WatchedProtocol.class.getName());
            factory.addEngineValves(connections.valve());
            factory.addEngineValves(proxies.valves());
            // After Spring's own report, which is then the outer one and finds the response written.
            factory.addContextCustomizers(context -> context.getParent().getPipeline().addValve(errors.valve()));
        };
    }

    @Bean
    ResponseHeaders headers(PublicAddress address, EdgeSettings settings) {
        return new ResponseHeaders(address, settings);
    }

    @Bean
    FilterRegistrationBean<ResponseHeaders> responseHeaders(ResponseHeaders headers) {
        return filter(headers, Ordered.HIGHEST_PRECEDENCE);
    }

    /** Behind Spring's own, which observes a request as a whole. */
    @Bean
    FilterRegistrationBean<HealthOnly> healthOnly(InstallationSettings settings) {
        FilterRegistrationBean<HealthOnly> filter = filter(new HealthOnly(), Ordered.HIGHEST_PRECEDENCE + 2);
        filter.setEnabled(!settings.role().serves());
        return filter;
    }

    private static <F extends Filter> FilterRegistrationBean<F> filter(F filter, int order) {
        FilterRegistrationBean<F> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(order);
        return registration;
    }

    /** In the place of Spring Boot's, because the dispatcher does the same for all controllers. */
    @Bean
    FilterRegistrationBean<RequestContextFilter> noRequestContext() {
        FilterRegistrationBean<RequestContextFilter> filter = filter(new RequestContextFilter(), Ordered.LOWEST_PRECEDENCE);
        filter.setEnabled(false);
        return filter;
    }

    @Bean
    SecurityFilterChain chain(
            AccessTokens tokens,
            BrowserSessions sessions,
            OperatorToken operator,
            SessionCookie sessionCookie,
            AccessDenials denials,
            ErrorResponses errors,
            RateLimits rates,
            CostlyWork costly,
            EdgeSettings settings,
            SameOrigin sameOrigin,
            DataFolder data,
            DiskSpace disk,
            IdempotentWrites writes,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes) {
        return new DefaultSecurityFilterChain(AnyRequestMatcher.INSTANCE,
                new TransientFaults(errors),
                new CorsFilter(corsSource(settings, sameOrigin)),
                new AuthenticationFilter(tokens, sessions, sessionCookie, operator),
                new RateLimitFilter(rates, errors),
                new RequestBodies(errors),
                new ResponseTurns(costly, errors, data.temporary(), disk::isExhausted),
                new ParameterDecoding(errors),
                new SignedInRedirect(),
                new CsrfProtection(errors, sameOrigin),
                exceptionTranslation(denials),
                new AuthorizationFilter(new AccessRules()),
                new DiskReserve(disk, errors),
                new IdempotencyKeys(writes, routes, errors));
    }

    private static ExceptionTranslationFilter exceptionTranslation(AccessDenials denials) {
        ExceptionTranslationFilter filter = new ExceptionTranslationFilter(denials, new NullRequestCache());
        filter.setAccessDeniedHandler(denials);
        return filter;
    }

    /** A request is observed as a whole; observing each of its filters as well doubles what they cost. */
    @Bean
    SecurityObservationSettings noStepOnItsOwn() {
        return SecurityObservationSettings.noObservations();
    }

    /** Without origins no path has a rule, and a browser keeps every other site out. Cookies never count from another site. */
    private static CorsConfigurationSource corsSource(EdgeSettings settings, SameOrigin sameOrigin) {
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        if (settings.corsOrigins().isEmpty()) {
            return source;
        }
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.corsOrigins());
        cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of(
                "Accept", "Authorization", "apikey", "Content-Type", "Idempotency-Key", "X-Client-Info", "X-Supabase-Api-Version"));
        cors.setExposedHeaders(List.of(
                "X-Total-Count", "Link", "X-Supabase-Api-Version", "x-sb-error-code", "RateLimit", "RateLimit-Policy", "Retry-After"));
        cors.setMaxAge(Duration.ofMinutes(10));
        source.registerCorsConfiguration("/api/**", cors);
        source.registerCorsConfiguration("/auth/v1/**", cors);
        return request -> sameOrigin.isNamedBy(request) ? null : source.getCorsConfiguration(request);
    }
}

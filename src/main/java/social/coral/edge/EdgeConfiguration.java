package social.coral.edge;

import jakarta.servlet.DispatcherType;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import social.coral.identity.AccessTokens;
import social.coral.identity.BrowserSessions;
import social.coral.installation.DataFolder;
import social.coral.installation.OperatorToken;
import social.coral.tenancy.CostlyWork;
import social.coral.usage.RateLimits;
import social.coral.web.frame.SessionCookie;

/** Who may reach what. Whatever is not listed as public here is closed to strangers, also what is added later. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EdgeSettings.class)
class EdgeConfiguration {

    private static final String[] PUBLIC = {
        "/auth/login", "/auth/signup", "/auth/v1/**", "/assets/**",
        "/actuator/health/**", "/v3/api-docs/**", "/v3/api-docs.yaml", "/swagger-ui.html", "/swagger-ui/**"
    };

    @Bean
    SecurityFilterChain filters(
            HttpSecurity http,
            AccessTokens tokens,
            BrowserSessions sessions,
            OperatorToken operator,
            SessionCookie sessionCookie,
            AccessDenials refusals,
            ErrorResponses answers,
            RateLimits rates,
            CostlyWork costly,
            EdgeSettings settings,
            SameOrigin ownOrigin,
            DataFolder data) {
        return http.authorizeHttpRequests(rules -> rules
                        // The request itself was let through; this is the same one on its way to its answer.
                        .dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC).permitAll()
                        .requestMatchers(PUBLIC).permitAll()
                        .requestMatchers("/actuator/**").hasRole(OperatorFilter.ROLE)
                        .anyRequest().authenticated())
                .addFilterBefore(new AuthenticationFilter(tokens, sessions, sessionCookie), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new OperatorFilter(operator), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new RateLimitFilter(rates, answers), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new RequestBodies(answers), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new ResponseTurns(costly, answers, data.temporary()), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new ParameterDecoding(answers), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new SignedInRedirect(), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new CsrfProtection(answers, ownOrigin), AnonymousAuthenticationFilter.class)
                .exceptionHandling(errors -> errors.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                // ResponseHeaders has set them already, for what is refused before this chain as well.
                .headers(AbstractHttpConfigurer::disable)
                .cors(cors -> cors.configurationSource(corsSource(settings, ownOrigin)))
                .sessionManagement(state -> state.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }

    /** A request is observed as a whole. To observe each step of its way through the filters as well doubles what they cost. */
    @Bean
    SecurityObservationSettings noStepOnItsOwn() {
        return SecurityObservationSettings.noObservations();
    }

    /** Without origins no path has a rule, and a browser keeps every other site out. Cookies never count from another site. */
    private static CorsConfigurationSource corsSource(EdgeSettings settings, SameOrigin ownOrigin) {
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
        return request -> ownOrigin.isNamedBy(request) ? null : source.getCorsConfiguration(request);
    }
}

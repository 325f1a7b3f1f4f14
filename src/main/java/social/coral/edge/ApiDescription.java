package social.coral.edge;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeIn;
import io.swagger.v3.oas.annotations.enums.SecuritySchemeType;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.security.SecurityScheme;
import io.swagger.v3.oas.annotations.servers.Server;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import social.coral.web.frame.SessionCookie;

/** What the API's description says of all routes: its name and how one proves who one is. */
@Configuration(proxyBeanMethods = false)
@OpenAPIDefinition(
        info = @Info(
                title = "Coral Social",
                version = "1",
                description = "Errors are problem documents (RFC 9457) that also carry `error`, a sentence for a person, and `error_code`; "
                        + "under `/auth/v1` they have the form of the GoTrue protocol. Under `/api`, a parameter that a route does not have, that is "
                        + "empty or given more than once, and a field that it does not have answer 400 and are named."),
        servers = @Server(url = "/"),
        security = {@SecurityRequirement(name = "token"), @SecurityRequirement(name = ApiDescription.SESSION)})
@SecurityScheme(
        name = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        bearerFormat = "JWT",
        description = "An access token from `POST /auth/v1/token`.")
@SecurityScheme(
        name = ApiDescription.SESSION,
        type = SecuritySchemeType.APIKEY,
        in = SecuritySchemeIn.COOKIE,
        description = "A browser's session. Writes also need the header `X-CSRF-Token`.")
class ApiDescription {

    static final String SESSION = "session";

    /** The cookie's name differs by installation, so no annotation can hold it. */
    @Bean
    OpenApiCustomizer sessionCookieName(SessionCookie cookie) {
        return document -> document.getComponents().getSecuritySchemes().computeIfPresent(SESSION, (name, scheme) -> scheme.name(cookie.name()));
    }
}

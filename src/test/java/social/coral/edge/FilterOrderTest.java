package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Pipeline;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.security.web.FilterChainProxy;
import social.coral.CoralTest;

/** What a request meets on its way to its route, read from the running server. */
@CoralTest
class FilterOrderTest {

    @Autowired ServletWebServerApplicationContext application;
    @Autowired List<FilterChainProxy> proxies;

    @Test
    void everyRequestMeetsTheSameFiltersInOneOrder() {
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(application.getWebServer());
        Context context = (Context) server.getTomcat().getHost().findChildren()[0];
        Engine engine = (Engine) context.getParent().getParent();

        assertThat(valves(engine.getPipeline())).containsExactly("RequestValve", "ForwardedHeadersRemoval", "StandardEngineValve");
        assertThat(valves(context.getParent().getPipeline())).endsWith("Report", "StandardHostValve");
        assertThat(Arrays.stream(context.findFilterMaps()).map(FilterMap::getFilterName)).containsExactly(
                "responseHeaders", "webMvcObservationFilter", "springSecurityFilterChain");
        assertThat(proxies.getFirst().getFilterChains()).singleElement().satisfies(chain -> assertThat(names(chain.getFilters().stream())).containsExactly(
                "TransientFaults", "CorsFilter", "AuthenticationFilter", "RateLimitFilter", "RequestBodies", "ResponseTurns", "ParameterDecoding",
                "SignedInRedirect", "CsrfProtection", "ExceptionTranslationFilter", "AuthorizationFilter", "DiskReserve", "IdempotencyKeys"));
    }

    private static List<String> valves(Pipeline pipeline) {
        return names(Arrays.stream(pipeline.getValves()));
    }

    private static List<String> names(Stream<?> all) {
        return all.map(one -> one.getClass().getSimpleName()).toList();
    }
}

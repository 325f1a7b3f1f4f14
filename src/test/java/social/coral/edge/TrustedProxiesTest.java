package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import social.coral.TestClient;
import social.coral.installation.StartFault;

class TrustedProxiesTest {

    /** Answers who seems to have sent the request, how, and to whom, and what a library could still read of a proxy. */
    private static final class Echo extends HttpServlet {

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            List<String> left = Collections.list(request.getHeaderNames()).stream().filter(name -> name.toLowerCase(Locale.ROOT).contains("forwarded")).toList();
            response.getWriter().print(request.getRemoteAddr() + " " + request.isSecure() + " " + request.getServerName()
                    + " " + (left.isEmpty() ? "no headers" : left));
        }
    }

    @Test
    void nobodyIsBelievedUnlessTheOperatorNamesThem() {
        assertThat(seenWith(List.of())).isEqualTo("127.0.0.1 false 127.0.0.1 no headers");
        assertThat(seenWith(List.of("10.0.0.0/8", "192.0.2.1"))).isEqualTo("127.0.0.1 false 127.0.0.1 no headers");
        assertThat(seenWith(List.of("127.0.0.2"))).isEqualTo("127.0.0.1 false 127.0.0.1 no headers");
    }

    @Test
    void aNamedProxyIsBelievedAboutWhomItSawAndNotAboutWhatThatOneClaimed() {
        for (List<String> named : List.of(List.of("127.0.0.0/8", "10.0.0.5"), List.of("::1", "127.0.0.1", "10.0.0.5"))) {
            assertThat(seenWith(named)).as("%s", named).isEqualTo("198.51.100.7 true evil.example no headers");
        }
        assertThat(seenWith(List.of("127.0.0.1"))).isEqualTo("10.0.0.5 true evil.example no headers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"proxy.example.org", "10.0.0.0/33", "*", "10.0.0", "fe80::/200", "ff"})
    void whatIsNoAddressStopsTheStartWithTheNameOfTheVariable(String entry) {
        assertThatThrownBy(() -> new EdgeSettings(List.of(), List.of("10.0.0.1", entry), false)).isInstanceOf(StartFault.class)
                .hasMessageContaining("CORAL_TRUSTED_PROXIES").hasMessageContaining(entry);
    }

    private static String seenWith(List<String> trusted) {
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.addEngineValves(new TrustedProxies(new EdgeSettings(List.of(), trusted, false)).valves());
        WebServer server = factory.getWebServer(context -> context.addServlet("echo", new Echo()).addMapping("/"));
        server.start();
        try {
            return new TestClient("http://127.0.0.1:" + server.getPort(), Map.of(
                    "X-Forwarded-For", "203.0.113.1, 198.51.100.7, 10.0.0.5", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "evil.example", "Forwarded", "host=evil.example", "X-Forwarded-Prefix", "/evil", "X-Forwarded-Port", "666"))
                    .get("/").body();
        } finally {
            server.destroy();
        }
    }
}

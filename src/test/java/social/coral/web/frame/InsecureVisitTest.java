package social.coral.web.frame;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import social.coral.installation.TestAddress;

class InsecureVisitTest {

    private static final String BY_TLS = "https://coral.example.org";

    private final InsecureVisit visit = new InsecureVisit(TestAddress.of(BY_TLS));

    @Test
    void aBrowserThatWouldNotKeepTheCookieIsToldWhichAddressToOpen() {
        MockHttpServletRequest request = asked();
        assertThat(visit.betterAddress(request)).isEqualTo(BY_TLS);
        request.addHeader("Origin", "http://192.168.1.20:8080");
        assertThat(visit.betterAddress(request)).isEqualTo(BY_TLS);
    }

    @Test
    void nobodyIsWarnedWhoseBrowserKeepsIt() {
        MockHttpServletRequest byTls = asked();
        byTls.setSecure(true);
        assertThat(visit.betterAddress(byTls)).isNull();
        MockHttpServletRequest behindAProxyThatIsNotNamed = asked();
        behindAProxyThatIsNotNamed.addHeader("Sec-Fetch-Site", "none");
        assertThat(visit.betterAddress(behindAProxyThatIsNotNamed)).isNull();
        MockHttpServletRequest ofAnOldBrowserThere = asked();
        ofAnOldBrowserThere.addHeader("Origin", BY_TLS);
        assertThat(visit.betterAddress(ofAnOldBrowserThere)).isNull();
        assertThat(new InsecureVisit(TestAddress.of("http://192.168.1.20:8080")).betterAddress(asked())).as("a home network").isNull();
    }

    private static MockHttpServletRequest asked() {
        return new MockHttpServletRequest("GET", "/auth/login");
    }
}

package social.coral.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.StrictHttpFirewall;

class FirewallTest {

    private static String headerBehind(HttpFirewall firewall, String value) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/api/tweets");
        request.addHeader("X-Client-Info", value);
        return String.valueOf(firewall.getFirewalledRequest(request).getHeader("X-Client-Info"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "tab\there", "naïve 🪸", ""})
    void whatSpringLetsThroughGoesThrough(String value) {
        assertThat(headerBehind(new StrictHttpFirewall(), value)).isEqualTo(value);
        assertThat(headerBehind(new Firewall(), value)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"line\nbreak", "nul\0", "delete\u007f", "c1\u0085", "unassigned\u0378"})
    void whatSpringRefusesIsRefused(String value) {
        assertThatExceptionOfType(RequestRejectedException.class).isThrownBy(() -> headerBehind(new StrictHttpFirewall(), value));
        assertThatExceptionOfType(RequestRejectedException.class).isThrownBy(() -> headerBehind(new Firewall(), value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/*", "application/*+json;charset=utf-8"})
    void aBodyOfNoOneTypeIsRefused(String type) {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", "/api/tweets");
        request.setContentType(type);
        assertThatExceptionOfType(RequestRejectedException.class).isThrownBy(() -> new Firewall().getFirewalledRequest(request));
    }

    @Test
    void aPathThatClimbsIsRefused() {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/assets/../api/tweets");
        assertThatExceptionOfType(RequestRejectedException.class).isThrownBy(() -> new Firewall().getFirewalledRequest(request));
    }
}

package social.coral.web.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.servlet.View;

class AfterSignInTest {

    @Test
    void whoseBrowserWillNotStaySignedInIsToldThatThePasswordWasRight() throws Exception {
        MockHttpServletResponse told = answered("https://coral.example.org");
        assertThat(told.getHeader("Location")).isEqualTo("/dashboard");
        String toast = String.valueOf(told.getHeader("Set-Cookie")).split("[=;]")[1];
        assertThat(new String(Base64.getUrlDecoder().decode(toast), StandardCharsets.UTF_8))
                .contains("Your password is right, but", "Open https://coral.example.org instead.");
        assertThat(told.getHeader("Set-Cookie")).as("kept over plain HTTP").doesNotContain("Secure");
        assertThat(answered(null).getHeader("Set-Cookie")).isNull();
    }

    private static MockHttpServletResponse answered(@Nullable String openInstead) throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        ((View) Objects.requireNonNull(AfterSignIn.to("/dashboard", "Your password is right", openInstead).getView())).render(Map.of(), new MockHttpServletRequest(), response);
        return response;
    }
}

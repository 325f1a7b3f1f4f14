package social.coral.web.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import social.coral.CoralTest;
import social.coral.api.Failure;

@CoralTest
class ProblemPageTest {

    @Autowired private ProblemPage page;

    @Test
    void whileTheDatabaseIsAwayNobodyIsAskedToSignIn() throws IOException {
        assertThat(told("GET", Failure.databaseUnavailable(false))).contains("Try again in a few seconds.", "href=\"\">Try again</a>").doesNotContain("Sign in");
    }

    @Test
    void whatMayBeSavedAlreadyIsNotSentAgain() throws IOException {
        assertThat(told("POST", Failure.databaseUnavailable(true))).contains("check whether your change was saved").doesNotContain("Try again</a>", "Sign in");
    }

    private String told(String method, Failure failure) throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        page.write(new MockHttpServletRequest(method, "/tweets"), response, failure);
        return response.getContentAsString();
    }
}

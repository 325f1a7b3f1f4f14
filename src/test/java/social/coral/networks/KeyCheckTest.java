package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.egress.Egress;
import social.coral.egress.TestEgress;
import social.coral.sandbox.TestSandbox;
import social.coral.services.Backoff;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyCheck;
import social.coral.vault.ServiceName;

class KeyCheckTest {

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-26T12:00:00Z"), ZoneOffset.UTC);
    private static final String ON_TIME = "Thu, 26 Nov 2026 12:04:59 GMT";
    private static final Map<ServiceName, String> FOUR = Map.of(ServiceName.TWITTER_API_KEY, "an-api-key", ServiceName.TWITTER_API_SECRET, "an/api+secret",
            ServiceName.TWITTER_ACCESS_TOKEN, "12345-an-access-token", ServiceName.TWITTER_ACCESS_TOKEN_SECRET, "a-token=secret");

    @TempDir
    Path folder;

    private KeyCheck.Verdict checked(String url, Supplier<XCredentials> credentials) {
        Egress egress = TestEgress.openTo(url);
        Networks networks = new Networks(egress, new NetworksSettings(url), TestSandbox.in(folder, egress, CLOCK), CLOCK, new Backoff(() -> 0L, duration -> {}));
        return new XKeyCheck(egress, networks, CLOCK).check(credentials);
    }

    private static OAuthKeys fourKeys() {
        return OAuthKeys.of(FOUR::get);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | {\"title\":\"Invalid Request\"} | VALID",
        "400 | {\"errors\":[{\"parameters\":{\"ids\":[\"none\"]},\"message\":\"not valid\"}]} | VALID",
        "400 | {\"error\":\"sign in first\"} | UNCHECKED",
        "200 | {\"errors\":[{\"parameter\":\"ids\",\"value\":\"none\",\"title\":\"Not Found Error\"}]} | VALID",
        "200 | {\"status\":\"login required\"} | UNCHECKED",
        "200 | {} | UNCHECKED",
        "302 | '' | UNCHECKED",
        "400 | <html>bad gateway of a hotel</html> | UNCHECKED",
        "401 | {\"title\":\"Unauthorized\"} | REFUSED",
        "403 | {\"title\":\"Forbidden\"} | UNCHECKED",
        "403 | {\"title\":\"Unsupported Authentication\",\"type\":\"https://api.twitter.com/2/problems/unsupported-authentication\"} | REFUSED",
        "403 | {\"title\":\"Client Forbidden\",\"reason\":\"client-not-enrolled\"} | UNCHECKED",
        "402 | {\"title\":\"CreditsDepleted\"} | UNCHECKED",
        "429 | {\"title\":\"Too Many Requests\"} | VALID",
        "429 | <html>slow down</html> | UNCHECKED",
        "500 | {} | UNCHECKED",
    })
    void aKeyIsJudgedByHowXTurnsDownAQuestionThatCostsNothing(int status, String body, ApiKey.State state) {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        assertThat(checked(X.baseUrl(), () -> BearerToken.of("AAAAgood")).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "400 | {\"errors\":[{\"parameters\":{\"ids\":[\"none\"]},\"message\":\"not valid\"}],\"title\":\"Invalid Request\"} | VALID | ",
        "401 | {\"title\":\"Unauthorized\",\"status\":401,\"detail\":\"Unauthorized\"} | REFUSED | does not say which one is wrong",
        "401 | {\"errors\":[{\"code\":32,\"message\":\"Could not authenticate you.\"}]} | REFUSED | Copy the two secrets again first",
        "401 | {\"errors\":[{\"code\":89,\"message\":\"Invalid or expired token.\"}]} | REFUSED | Make a new access token and secret",
        "400 | {\"errors\":[{\"code\":215,\"message\":\"Bad Authentication data.\"}]} | REFUSED | each of the four is in its own field",
        "401 | {\"errors\":[{\"code\":135,\"message\":\"Timestamp out of bounds.\"}]} | UNCHECKED | clock of this server is wrong",
        "403 | {\"title\":\"Forbidden\",\"type\":\"https://api.twitter.com/2/problems/oauth1-permissions\"} | REFUSED | permissions of your app",
        "403 | {\"title\":\"Client Forbidden\",\"reason\":\"client-not-enrolled\"} | UNCHECKED | not enrolled",
        "402 | {\"title\":\"CreditsDepleted\"} | UNCHECKED | No credits",
        "429 | {\"title\":\"Too Many Requests\"} | VALID | ",
        "401 | <html>sign in to the hotel</html> | UNCHECKED | web page",
        "302 | moved | UNCHECKED | a redirect came back instead (status 302). If this keeps happening",
        "503 | {} | UNCHECKED | status 503",
    })
    void fourKeysAreJudgedTogetherByOneSignedQuestion(int status, String body, ApiKey.State state, @Nullable String detail) {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body).withHeader("Date", ON_TIME)));
        KeyCheck.Verdict verdict = checked(X.baseUrl(), KeyCheckTest::fourKeys);
        assertThat(verdict.state()).isEqualTo(state);
        assertThat(String.valueOf(verdict.detail())).contains(String.valueOf(detail));
    }

    @Test
    void theQuestionIsSignedForItsAddressAndSendsNeitherSecret() {
        X.resetRequests();
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401)));
        checked(X.baseUrl(), KeyCheckTest::fourKeys);
        String header = X.getAllServeEvents().getFirst().getRequest().getHeader("Authorization");
        Map<String, String> sent = Pattern.compile("(\\w+)=\"([^\"]*)\"").matcher(header).results()
                .collect(Collectors.toMap(pair -> pair.group(1), pair -> URLDecoder.decode(pair.group(2), StandardCharsets.UTF_8)));
        String signature = sent.remove("oauth_signature");
        assertThat(sent).containsEntry("oauth_timestamp", Long.toString(CLOCK.instant().getEpochSecond())).containsEntry("oauth_token", "12345-an-access-token");
        assertThat(signature).isEqualTo(OAuthSignature.of("GET", URI.create(X.baseUrl() + "/2/tweets?ids=none"), sent, "an/api+secret", "a-token=secret"));
        assertThat(header).startsWith("OAuth oauth_consumer_key=").doesNotContain("an%2Fapi%2Bsecret", "a-token%3Dsecret");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Thu, 26 Nov 2026 12:12:00 GMT | 12 minutes slow", "Thu, 26 Nov 2026 11:54:00 GMT | 6 minutes fast"})
    void aClockThatIsWrongIsNotBlamedOnTheKeys(String date, String how) {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401).withBody("{\"title\":\"Unauthorized\"}").withHeader("Date", date)));
        KeyCheck.Verdict verdict = checked(X.baseUrl(), KeyCheckTest::fourKeys);
        assertThat(verdict.state()).isEqualTo(ApiKey.State.UNCHECKED);
        assertThat(verdict.detail()).contains("The clock of this server is " + how);
    }

    @Test
    void whatXRepeatsOfAnyOfTheFourIsNotShown() {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(401).withBody(
                "{\"title\":\"Unauthorized\",\"detail\":\"bad: an-api-key an/api+secret 12345-an-access-token a-token=secret\"}")));
        KeyCheck.Verdict verdict = checked(X.baseUrl(), KeyCheckTest::fourKeys);
        assertThat(verdict.detail()).contains("bad: ").doesNotContain(FOUR.values());
        assertThat(fourKeys().toString()).doesNotContain(FOUR.values());
    }

    @ParameterizedTest
    @CsvSource({"sandbox-abc, a key of the sandbox", "LONG, longer than any that X issues"})
    void aKeyThatCannotBeOneOfXIsNamedAndNotSent(String wrong, String why) {
        X.resetRequests();
        String value = wrong.equals("LONG") ? "k".repeat(501) : wrong;
        KeyCheck.Verdict verdict = checked(X.baseUrl(), () -> OAuthKeys.of(service -> service == ServiceName.TWITTER_API_SECRET ? value : "12345-fine"));
        assertThat(verdict.state()).isEqualTo(ApiKey.State.REFUSED);
        assertThat(verdict.detail()).contains("X API secret", why).doesNotContain(value);
        assertThat(X.getAllServeEvents()).isEmpty();
    }

    @Test
    void aServerThatIsDownSaysNothingAboutTheKey() {
        KeyCheck.Verdict check = checked("http://localhost:1", () -> BearerToken.of("AAAAgood"));
        assertThat(check.state()).isEqualTo(ApiKey.State.UNCHECKED);
        assertThat(check.detail()).contains("could not be reached").doesNotContain("AAAAgood");
    }

    @Test
    void textThatCannotBeAKeyIsRefusedWithoutRepeatingIt() {
        KeyCheck.Verdict check = checked(X.baseUrl(), () -> BearerToken.of("my secret\nkey"));
        assertThat(check.state()).isEqualTo(ApiKey.State.REFUSED);
        assertThat(check.detail()).doesNotContain("secret");
    }
}

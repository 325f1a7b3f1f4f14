package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.nio.file.Path;
import java.time.Clock;
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

class KeyCheckTest {

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    @TempDir
    Path folder;

    private Networks networks(String url) {
        Egress egress = TestEgress.openTo(url);
        return new Networks(egress, new NetworksSettings(url), TestSandbox.in(folder, egress, Clock.systemUTC()), Clock.systemUTC(),
                new Backoff(() -> 0L, duration -> {}));
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
        "403 | {\"title\":\"Forbidden\"} | REFUSED",
        "403 | {\"title\":\"Client Forbidden\",\"reason\":\"client-not-enrolled\"} | UNCHECKED",
        "402 | {\"title\":\"CreditsDepleted\"} | UNCHECKED",
        "429 | {\"title\":\"Too Many Requests\"} | VALID",
        "429 | <html>slow down</html> | UNCHECKED",
        "500 | {} | UNCHECKED",
    })
    void aKeyIsJudgedByHowXTurnsDownAQuestionThatCostsNothing(int status, String body, ApiKey.State state) {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        assertThat(networks(X.baseUrl()).check("AAAAgood").state()).isEqualTo(state);
    }

    @Test
    void aServerThatIsDownSaysNothingAboutTheKey() {
        KeyCheck.Verdict check = networks("http://localhost:1").check("AAAAgood");
        assertThat(check.state()).isEqualTo(ApiKey.State.UNCHECKED);
        assertThat(check.detail()).contains("could not be reached").doesNotContain("AAAAgood");
    }

    @Test
    void textThatCannotBeAKeyIsRefusedWithoutRepeatingIt() {
        KeyCheck.Verdict check = networks(X.baseUrl()).check("my secret\nkey");
        assertThat(check.state()).isEqualTo(ApiKey.State.REFUSED);
        assertThat(check.detail()).doesNotContain("secret");
    }
}

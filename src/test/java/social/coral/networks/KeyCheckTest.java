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
import social.coral.networks.KeyVerdict.Verdict;
import social.coral.sandbox.TestSandbox;

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
        "400 | {\"title\":\"Invalid Request\"} | WORKS",
        "400 | <html>bad gateway of a hotel</html> | UNCLEAR",
        "401 | {\"title\":\"Unauthorized\"} | REFUSED",
        "403 | {\"title\":\"Client Forbidden\"} | REFUSED",
        "429 | {} | WORKS",
        "500 | {} | UNCLEAR",
    })
    void aKeyIsJudgedByHowXTurnsDownAQuestionThatCostsNothing(int status, String body, Verdict verdict) {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        assertThat(networks(X.baseUrl()).check("AAAAgood").verdict()).isEqualTo(verdict);
    }

    @Test
    void aServerThatIsDownSaysNothingAboutTheKey() {
        KeyVerdict check = networks("http://localhost:1").check("AAAAgood");
        assertThat(check.verdict()).isEqualTo(Verdict.UNCLEAR);
        assertThat(check.sentence()).contains("could not be reached").doesNotContain("AAAAgood");
    }

    @Test
    void textThatCannotBeAKeyIsRefusedWithoutRepeatingIt() {
        KeyVerdict check = networks(X.baseUrl()).check("my secret\nkey");
        assertThat(check.verdict()).isEqualTo(Verdict.REFUSED);
        assertThat(check.sentence()).doesNotContain("secret");
    }
}

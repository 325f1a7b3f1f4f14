package social.coral.models;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import social.coral.egress.TestEgress;
import social.coral.vault.ApiKey;
import social.coral.vault.KeyCheck;
import social.coral.vault.ServiceName;

class ModelKeyCheckTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "OPENAI | 200 | {\"data\":[]} | VALID | GET | /v1/models",
        "OPENAI | 401 | {\"error\":{}} | REFUSED | GET | /v1/models",
        "OPENAI | 200 | <html> | UNCHECKED | GET | /v1/models",
        "OPENAI | 500 | {} | UNCHECKED | GET | /v1/models",
        "ANTHROPIC | 200 | {\"data\":[]} | VALID | GET | /v1/models?limit=1000",
        "ANTHROPIC | 403 | {\"error\":{\"type\":\"permission_error\",\"message\":\"No\"}} | REFUSED | GET | /v1/models?limit=1000",
        "ANTHROPIC | 403 | {\"error\":{\"type\":\"forbidden\",\"message\":\"Request not allowed\"}} | UNCHECKED | GET | /v1/models?limit=1000",
        "OPENAI | 403 | {\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing scopes: api.model.read.\"}} | REFUSED | GET | /v1/models",
        "OPENAI | 403 | {\"error\":{\"message\":\"Not supported\",\"code\":\"unsupported_country_region_territory\"}} | UNCHECKED | GET | /v1/models",
        "OPENAI | 403 | {} | UNCHECKED | GET | /v1/models",
        "OPENAI | 403 | <html>blocked</html> | UNCHECKED | GET | /v1/models",
        "PERPLEXITY | 400 | {\"error\":{\"message\":\"input is required\"}} | VALID | POST | /v1/agent",
        "PERPLEXITY | 401 | {\"error\":{}} | REFUSED | POST | /v1/agent",
        "PERPLEXITY | 400 | <html> | UNCHECKED | POST | /v1/agent",
        "PERPLEXITY | 200 | {} | UNCHECKED | POST | /v1/agent",
    })
    void aKeyIsCheckedByACallThatCostsNothing(ServiceName service, int status, String body, ApiKey.State state, String method, String path) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        ModelSettings settings = new ModelSettings(SERVER.baseUrl() + "/v1/", SERVER.baseUrl() + "/v1", SERVER.baseUrl() + "/", "a", "b", "c");
        KeyCheck.Verdict verdict = new ModelKeyCheck(TestEgress.openTo(SERVER.baseUrl()), settings).check(service, TestModel.SECRET);
        assertThat(verdict.state()).isEqualTo(state);
        assertThat(String.valueOf(verdict.detail())).doesNotContain(TestModel.SECRET);
        assertThat(SERVER.getAllServeEvents()).singleElement()
                .matches(event -> event.getRequest().getMethod().getName().equals(method) && event.getRequest().getUrl().equals(path));
    }
}

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
        "OPENAI | 403 | {\"error\":{\"message\":\"You have insufficient permissions for this operation. Missing scopes: api.model.read.\"}} | UNCHECKED | GET | /v1/models",
        "OPENAI | 403 | {\"error\":{\"message\":\"Not supported\",\"code\":\"unsupported_country_region_territory\"}} | UNCHECKED | GET | /v1/models",
        "OPENAI | 403 | {} | UNCHECKED | GET | /v1/models",
        "OPENAI | 401 | {\"error\":{\"message\":\"Missing scopes: api.model.read.\"}} | UNCHECKED | GET | /v1/models",
        "OPENAI | 401 | <html>Sign in to the network</html> | UNCHECKED | GET | /v1/models",
        "OPENAI | 200 | {\"error\":{\"message\":\"Invalid API key\",\"code\":401}} | REFUSED | GET | /v1/models",
        "OPENAI | 200 | {\"error\":{\"message\":\"Upstream is down\"}} | UNCHECKED | GET | /v1/models",
        "OPENAI | 200 | {} | UNCHECKED | GET | /v1/models",
        "OPENAI | 200 | {\"object\":\"list\",\"data\":null} | VALID | GET | /v1/models",
        "OPENAI | 400 | [{\"error\":{\"code\":400,\"message\":\"API key not valid.\"}}] | REFUSED | GET | /v1/models",
        "OPENAI | 429 | {\"error\":{\"message\":\"You exceeded your current quota\",\"code\":\"insufficient_quota\"}} | UNCHECKED | GET | /v1/models",
        "ANTHROPIC | 403 | <!DOCTYPE html><title>Just a moment</title> | UNCHECKED | GET | /v1/models?limit=1000",
        "OPENAI | 403 | <html>blocked</html> | UNCHECKED | GET | /v1/models",
        "PERPLEXITY | 400 | {\"error\":{\"message\":\"input is required\"}} | VALID | POST | /v1/agent",
        "PERPLEXITY | 401 | {\"error\":{}} | REFUSED | POST | /v1/agent",
        "PERPLEXITY | 401 | <html><head><title>401 Authorization Required</title></head></html> | REFUSED | POST | /v1/agent",
        "PERPLEXITY | 401 | <html>Sign in</html> | UNCHECKED | POST | /v1/agent",
        "PERPLEXITY | 401 | {\"error\":{\"message\":\"You exceeded your current quota\",\"type\":\"insufficient_quota\"}} | UNCHECKED | POST | /v1/agent",
        "PERPLEXITY | 400 | {\"error\":{\"message\":\"Invalid API key provided\",\"type\":\"invalid_api_key\",\"code\":400}} | REFUSED | POST | /v1/agent",
        "PERPLEXITY | 400 | {} | UNCHECKED | POST | /v1/agent",
        "PERPLEXITY | 403 | <html>Attention Required</html> | UNCHECKED | POST | /v1/agent",
        "PERPLEXITY | 400 | <html> | UNCHECKED | POST | /v1/agent",
        "PERPLEXITY | 200 | {} | UNCHECKED | POST | /v1/agent",
    })
    void aKeyIsCheckedByACallThatCostsNothing(ServiceName service, int status, String body, ApiKey.State state, String method, String path) {
        SERVER.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status).withBody(body)));
        ModelSettings settings = new ModelSettings(SERVER.baseUrl() + "/v1/", SERVER.baseUrl() + "/v1", SERVER.baseUrl() + "/", "a", "b", "c");
        KeyCheck.Verdict verdict = new ModelKeyCheck(TestEgress.openTo(SERVER.baseUrl()), settings).check(service, TestModel.SECRET);
        assertThat(verdict.state()).isEqualTo(state);
        assertThat(String.valueOf(verdict.detail())).doesNotContain(TestModel.SECRET);
        assertThat(String.valueOf(verdict.detail()).contains("No credit")).isEqualTo(body.contains("insufficient_quota"));
        assertThat(SERVER.getAllServeEvents()).singleElement()
                .matches(event -> event.getRequest().getMethod().getName().equals(method) && event.getRequest().getUrl().equals(path));
    }
}

package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import social.coral.egress.TestEgress;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;
import social.coral.services.ServiceFault;

/** Each answer that X has been seen to give, or something in its place: who is blamed, what a person reads, when it goes on. */
class RefusalsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String KEY = "AAAAAAAAsecret%3D";

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    /**
     * One line of the table.
     *
     * @param seconds the least and the most seconds until the call is made again, or empty
     */
    record Refusal(int status, List<String> headers, String body, String fault, String words, String seconds) {

        static Refusal of(String line) {
            String[] part = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            return new Refusal(Integer.parseInt(part[0]), part[1].isEmpty() ? List.of() : List.of(part[1].split(";")), part[2], part[3], part[4], part[5]);
        }

        ResponseDefinitionBuilder answer() {
            ResponseDefinitionBuilder answer = aResponse().withStatus(status).withBody(body);
            headers.forEach(header -> answer.withHeader(header.substring(0, header.indexOf(':')).strip(), header.substring(header.indexOf(':') + 1).strip()));
            return answer;
        }
    }

    static List<Refusal> table() throws IOException {
        try (InputStream in = RefusalsTest.class.getResourceAsStream("refusals.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replace("{KEY}", KEY))
                    .map(Refusal::of).toList();
        }
    }

    private static SocialNetwork network() {
        BearerToken token = BearerToken.of(KEY);
        XFaults faults = new XFaults(token);
        return new XApiClient(Network.X, new XCalls(TestEgress.openTo(X.baseUrl()), URI.create(X.baseUrl()), token, new EnteredCalls(),
                Clock.fixed(NOW, ZoneOffset.UTC), new Backoff(() -> 0L, duration -> {}), faults), faults);
    }

    @ParameterizedTest
    @MethodSource("table")
    void aRefusalBlamesWhatItIsAboutInWordsForAPerson(Refusal refusal) {
        X.stubFor(get(anyUrl()).willReturn(refusal.answer()));
        ServiceFault fault = catchThrowableOfType(ServiceFault.class, () -> network().postsOf("42", "reef_watch", PostQuery.newest(100)));
        assertThat(fault).isNotNull();
        assertThat(fault.getClass().getSimpleName()).as(fault.sentence()).isEqualTo(refusal.fault());
        assertThat(fault.sentence()).contains(refusal.words()).endsWith(".").doesNotContain(KEY, "<", "\n", "X_API_URL");
        if (fault instanceof ServiceFault.Postponed later) {
            String[] seconds = refusal.seconds().split("-");
            assertThat(Duration.between(NOW, later.until()).toMillis())
                    .isBetween(Long.parseLong(seconds[0]) * 1000, Long.parseLong(seconds[1]) * 1000);
        }
    }

    @Test
    void theTableIsLongAndHasEachFault() throws IOException {
        assertThat(table()).hasSizeGreaterThan(80);
        assertThat(table()).extracting(Refusal::fault)
                .contains("NotFound", "Forbidden", "KeyRefused", "PlanRefused", "Postponed", "BadRequest", "Unavailable", "Malformed", "Intercepted");
    }

    @Test
    void aWaitThatXDoesNotTellGrowsWithEachAttemptAndIsBounded() {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("x-rate-limit-reset", "1772366380")));
        ServiceFault.Postponed past = catchThrowableOfType(ServiceFault.Postponed.class, () -> network().user("reef_watch"));
        assertThat(Duration.between(NOW, past.until(1))).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(8));
        assertThat(Duration.between(NOW, past.until(3))).isBetween(Duration.ofSeconds(20), Duration.ofSeconds(32));
        assertThat(Duration.between(NOW, past.until(1000))).isEqualTo(Duration.ofMinutes(15));

        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(429).withHeader("x-rate-limit-reset", "1772367000")));
        ServiceFault.Postponed known = catchThrowableOfType(ServiceFault.Postponed.class, () -> network().user("reef_watch"));
        assertThat(known.until(9)).isEqualTo(known.until(1));
    }

    @Test
    void aLimitedLookUpHoldsBackNoTimelineAndIsNotAskedForAgain() {
        X.resetAll();
        X.stubFor(get(urlPathEqualTo("/2/users/by/username/reef_watch")).willReturn(aResponse().withStatus(429)));
        X.stubFor(get(urlPathEqualTo("/2/users/42/tweets")).willReturn(okJson("{\"meta\":{\"result_count\":0}}")));
        SocialNetwork network = network();
        for (int i = 0; i < 3; i++) {
            assertThat(catchThrowableOfType(ServiceFault.Postponed.class, () -> network.user("reef_watch"))).isNotNull();
            assertThat(network.postsOf("42", "reef_watch", PostQuery.newest(5)).posts()).isEmpty();
        }
        X.verify(1, getRequestedFor(urlPathEqualTo("/2/users/by/username/reef_watch")));
    }

    @Test
    void aRefusalOfWhatIsRememberedIsToldFromOneOfSomethingElse() {
        assertThat(badRequest("{\"errors\":[{\"parameters\":{\"since_id\":[\"1\"]},\"message\":\"no\"}],\"title\":\"Invalid Request\"}").concerns("since_id")).isTrue();
        assertThat(badRequest("{\"title\":\"Invalid Request\",\"detail\":\"The `since_id` must be a post\"}").concerns("since_id")).isTrue();
        assertThat(badRequest("{\"title\":\"Invalid Request\",\"detail\":\"The `since_id` must be a post\"}").concerns("pagination_token")).isFalse();
        assertThat(badRequest("{\"title\":\"Invalid Request\"}").concerns("pagination_token")).as("nothing is named").isTrue();
        assertThat(badRequest("{\"errors\":[{\"parameters\":{\"max_results\":[\"1\"]},\"message\":\"no\"}]}").concerns("since_id")).isFalse();
    }

    private static ServiceFault.BadRequest badRequest(@Nullable String body) {
        X.stubFor(get(anyUrl()).willReturn(aResponse().withStatus(400).withBody(body)));
        return catchThrowableOfType(ServiceFault.BadRequest.class, () -> network().postsOf("42", "reef_watch", PostQuery.newest(5).since("1")));
    }
}

package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import social.coral.egress.Egress;
import social.coral.egress.TestEgress;
import social.coral.sandbox.TestSandbox;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;

/** The contract against answers in the words that X's documentation gives. */
class XContractTest extends SocialNetworkContract {

    private static final String REEF = "{\"id\":\"42\",\"username\":\"reef_notes\",\"name\":\"Reef Notes\",\"protected\":false}";
    private static final String NOT_FOUND = "https://api.twitter.com/2/problems/resource-not-found";

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    @TempDir
    Path folder;

    @Override
    SocialNetwork network(boolean goodKey) {
        Egress egress = TestEgress.openTo(X.baseUrl());
        Networks networks = new Networks(egress, new NetworksSettings(X.baseUrl()), TestSandbox.in(folder, egress, Clock.systemUTC()),
                Clock.systemUTC(), new Backoff(() -> 0L, duration -> {}));
        return networks.with(goodKey ? "AAAAgood" : "AAAAbad", new EnteredCalls());
    }

    @BeforeEach
    void script() {
        X.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withStatus(401)
                .withBody("{\"title\":\"Unauthorized\",\"type\":\"about:blank\",\"status\":401,\"detail\":\"Unauthorized\"}")));
        says(get(urlPathMatching("(?i)/2/users/by/username/reef_notes")), "{\"data\":" + REEF + "}");
        says(get(urlPathMatching("/2/users/by/username/quiet_garden")),
                "{\"data\":{\"id\":\"43\",\"username\":\"quiet_garden\",\"name\":\"Quiet Garden\",\"protected\":true}}");
        says(get(urlPathMatching("/2/users/by/username/nobody_at_all")), "{\"errors\":[" + notFound("username") + "]}");
        says(get(urlPathMatching("/2/users/by/username/moonfox_signals")), "{\"errors\":[" + suspended("username") + "]}");
        says(get(urlPathEqualTo("/2/users/by")), "{\"data\":[" + REEF + "],\"errors\":[" + notFound("usernames") + "," + suspended("usernames") + "]}");
        says(get(urlPathEqualTo("/2/users/43/tweets")), """
                {"errors":[{"resource_id":"43","parameter":"id","resource_type":"user","section":"data","title":"Authorization Error",
                 "value":"43","detail":"Sorry, you are not authorized to see the user with id: [43].",
                 "type":"https://api.twitter.com/2/problems/not-authorized-for-resource"}]}""");
        says(get(urlPathEqualTo("/2/users/42/tweets")).withQueryParam("since_id", absent()).withQueryParam("pagination_token", absent()),
                "{\"data\":[" + posts(20) + "],\"meta\":{\"result_count\":5,\"newest_id\":\"20\",\"oldest_id\":\"16\",\"next_token\":\"older\"}}");
        says(get(urlPathEqualTo("/2/users/42/tweets")).withQueryParam("pagination_token", equalTo("older")),
                "{\"data\":[" + posts(15) + "],\"meta\":{\"result_count\":5}}");
        says(get(urlPathEqualTo("/2/users/42/tweets")).withQueryParam("since_id", equalTo("20")), "{\"meta\":{\"result_count\":0}}");
        X.stubFor(known(get(urlPathEqualTo("/2/users/42/tweets")).withQueryParam("pagination_token", equalTo("expired0")))
                .willReturn(aResponse().withStatus(400).withBody("""
                {"errors":[{"parameters":{"pagination_token":["expired0"]},"message":"The `pagination_token` query parameter value [expired0] is not valid"}],
                 "title":"Invalid Request","detail":"One or more parameters to your request was invalid.","type":"https://api.twitter.com/2/problems/invalid-request"}""")));
        says(get(urlPathEqualTo("/2/tweets")).withQueryParam("ids", matching("16,12345")), "{\"data\":[" + post(16) + "],\"errors\":[{\"value\":\"12345\","
                + "\"detail\":\"Could not find tweet with ids: [12345].\",\"title\":\"Not Found Error\",\"resource_type\":\"tweet\",\"parameter\":\"ids\","
                + "\"resource_id\":\"12345\",\"type\":\"" + NOT_FOUND + "\"}]}");
    }

    private static void says(MappingBuilder question, String answer) {
        X.stubFor(known(question).willReturn(okJson(answer)));
    }

    private static MappingBuilder known(MappingBuilder question) {
        return question.withHeader("Authorization", equalTo("Bearer AAAAgood"));
    }

    private static String notFound(String parameter) {
        return "{\"value\":\"nobody_at_all\",\"detail\":\"Could not find user with " + parameter + ": [nobody_at_all].\",\"title\":\"Not Found Error\","
                + "\"resource_type\":\"user\",\"parameter\":\"" + parameter + "\",\"resource_id\":\"nobody_at_all\",\"type\":\"" + NOT_FOUND + "\"}";
    }

    private static String suspended(String parameter) {
        return "{\"value\":\"moonfox_signals\",\"detail\":\"User has been suspended: [moonfox_signals].\",\"title\":\"Forbidden\","
                + "\"resource_type\":\"user\",\"parameter\":\"" + parameter + "\",\"resource_id\":\"moonfox_signals\",\"type\":\"" + NOT_FOUND + "\"}";
    }

    private static String posts(int newest) {
        return String.join(",", post(newest), post(newest - 1), post(newest - 2), post(newest - 3), post(newest - 4));
    }

    private static String post(int id) {
        return "{\"id\":\"" + id + "\",\"text\":\"Post " + id + "\",\"author_id\":\"42\",\"edit_history_tweet_ids\":[\"" + id
                + "\"],\"created_at\":\"2026-01-" + (id + 10) + "T00:00:00.000Z\",\"public_metrics\":{\"like_count\":1}}";
    }
}

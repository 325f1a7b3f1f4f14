package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import social.coral.egress.TestEgress;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;
import social.coral.services.ServiceFault;

/** Answers in every odd shape: what can be read of one is taken, what cannot is left out by name, and the rest is a fault of its own kind. */
class OddAnswersOfXTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Pattern TIMES = Pattern.compile("\\{(..?)\\*(\\d+)}");
    private static final String POST = "\"id\":\"%d\",\"text\":\"%s\",\"author_id\":\"42\",\"created_at\":\"2026-02-28T08:30:00Z\"";

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    /** One line of the table. */
    record Odd(String call, String head, String body, String outcome) {

        static Odd of(String line) {
            String[] part = Stream.of(line.split("\\|", -1)).map(String::strip).toArray(String[]::new);
            return new Odd(part[0], part[1], part[2], part[3]);
        }

        ResponseDefinitionBuilder answer() {
            String[] parts = head.split(";");
            ResponseDefinitionBuilder answer = aResponse().withStatus(Integer.parseInt(parts[0]));
            Stream.of(parts).skip(1).map(header -> header.split(":", 2)).forEach(header -> answer.withHeader(header[0].strip(), header[1].strip()));
            String whole = TIMES.matcher(body).replaceAll(found -> found.group(1).repeat(Integer.parseInt(found.group(2))));
            return answer.withBody(whole.replace("{BOM}", "\uFEFF").replaceAll("\\{P(?=[,}])", "{" + POST.formatted(17, "a"))
                    .replaceAll("\\{Q(?=[,}])", "{" + POST.formatted(18, "b")).getBytes(StandardCharsets.UTF_8));
        }
    }

    static List<Odd> table() throws IOException {
        try (InputStream in = OddAnswersOfXTest.class.getResourceAsStream("odd-answers.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Odd::of).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void eachCostsWhatIsOddAboutItAndNothingElse(Odd odd) {
        X.stubFor(any(anyUrl()).willReturn(odd.answer()));
        assertThat(outcome(odd.call())).contains(odd.outcome()).doesNotContain("null", "NaN", "<");
    }

    @Test
    void theTableIsLong() throws IOException {
        assertThat(table()).hasSizeGreaterThan(110);
    }

    private static String outcome(String call) {
        BearerToken token = BearerToken.of("AAAAAAAAsecret%3D");
        XFaults faults = new XFaults(token);
        SocialNetwork network = new XApiClient(Network.X, new XCalls(TestEgress.openTo(X.baseUrl()), URI.create(X.baseUrl()), token, new EnteredCalls(),
                Clock.fixed(NOW, ZoneOffset.UTC), new Backoff(() -> 0L, duration -> {}), faults), faults);
        try {
            String outcome = switch (call) {
                case "posts" -> told(network.postsOf("42", "reef_watch", PostQuery.newest(100).page("here")));
                case "user" -> told(network.user("reef_watch"));
                case "counts" -> network.counts(List.of("17")).entrySet().stream().map(post -> post.getKey() + "=" + told(post.getValue())).collect(Collectors.joining(" "));
                default -> throw new IllegalArgumentException(call);
            };
            return outcome.isEmpty() ? "nothing" : outcome;
        } catch (ServiceFault.Postponed later) {
            return "Postponed " + Duration.between(NOW, later.until()).toMinutes() + " min";
        } catch (ServiceFault fault) {
            return fault.getClass().getSimpleName() + ": " + fault.sentence();
        }
    }

    private static String told(PostPage page) {
        return Stream.of(
                        page.posts().stream().map(post -> told(post) + (page.olderVersions().isEmpty() ? "" : " at " + post.createdAt() + " for " + page.olderVersions().get(post.id()))).collect(Collectors.joining(" ")),
                        page.nextToken() == null ? "" : "next " + page.nextToken(),
                        page.newestId() == null ? "" : "newest " + page.newestId(),
                        page.leftOut().isEmpty() ? "" : LeftOut.summary(page.leftOut()),
                        page.unreadCounts() == 0 ? "" : "unread counts " + page.unreadCounts(),
                        page.restLost() == null ? "" : "rest lost: " + page.restLost())
                .filter(part -> !part.isEmpty()).collect(Collectors.joining(" "));
    }

    private static String told(Post post) {
        String text = post.text().matches("x{99,}") ? "x" + post.text().length() : post.text();
        return post.id() + "=" + text + (told(post.counts()).equals("0/0/0") ? "" : " " + told(post.counts()))
                + (post.inReplyToId() == null ? "" : " to " + post.inReplyToId());
    }

    private static String told(PostCounts counts) {
        return counts.likes() + "/" + counts.retweets() + "/" + counts.replies();
    }

    private static String told(NetworkUser user) {
        return user.id() + " " + user.handle() + " " + user.name();
    }
}

package social.coral.networks;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.net.URI;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import social.coral.egress.TestEgress;
import social.coral.services.Backoff;
import social.coral.services.EnteredCalls;
import social.coral.services.ServiceFault;

class XBlameTest {

    @RegisterExtension
    static final WireMockExtension X = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    /** Counts how often a letter is read, which the speed of a machine does not change. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private long reads;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            reads++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }
    }

    /** Beginnings of what the patterns look for, each many times, and never the end. */
    @Provide
    Arbitrary<List<String>> runs() {
        return Arbitraries.of("plan ", "not ", "your account ", "suspende ", "monthly ", "rate limit ", "available ", "upgrade ", "requires ", "token ", "invalid ",
                "user ", "reply ", "blocked ", "payment ", ".", " ", "this client app ", "a").list().ofMinSize(1).ofMaxSize(6);
    }

    @Property(tries = 200)
    void theStepsToReadWhatATextIsAboutGrowWithItsLengthAndNoFaster(@ForAll("runs") List<String> runs) {
        assertThat(reads(runs, 400)).isLessThan(10 * reads(runs, 50));
    }

    private static long reads(List<String> runs, int times) {
        CountedText text = new CountedText(runs.stream().map(run -> run.repeat(times)).reduce("", String::concat));
        XBlame.ofPlainWords(text);
        return text.reads;
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anAnswerFullOfLongErrorsIsReadAtOnce() {
        String words = "plan ".repeat(200) + "not ".repeat(250);
        String error = "\"title\":\"%1$s\",\"detail\":\"%1$s\",\"message\":\"%1$s\",\"error\":\"%1$s\",\"reason\":\"%1$s\"".formatted(words);
        String inner = "{" + error + "}";
        String outer = "{" + error + ",\"errors\":[" + String.join(",", Collections.nCopies(10, inner)) + "]}";
        X.stubFor(get(anyUrl()).willReturn(okJson("{\"errors\":[" + String.join(",", Collections.nCopies(10, outer)) + "]}")));
        BearerToken token = BearerToken.of("AAAAAAAAsecret%3D");
        XFaults faults = new XFaults(token);
        SocialNetwork network = new XApiClient(Network.X, new XCalls(TestEgress.openTo(X.baseUrl()), URI.create(X.baseUrl()), token, new EnteredCalls(),
                Clock.systemUTC(), new Backoff(() -> 0L, duration -> {}), faults), faults);
        assertThat(catchThrowable(() -> network.postsOf("42", "reef_watch", PostQuery.newest(100)))).isInstanceOf(ServiceFault.class);
    }
}

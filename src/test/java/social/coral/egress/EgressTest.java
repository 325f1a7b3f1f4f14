package social.coral.egress;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import social.coral.egress.EgressFault.Kind;

class EgressTest {

    @RegisterExtension
    static final WireMockExtension PEER = WireMockExtension.newInstance().options(wireMockConfig().dynamicPort().gzipDisabled(true)).build();

    private final Egress egress = TestEgress.openTo(PEER.baseUrl());

    private static void answers(ResponseDefinitionBuilder answer) {
        PEER.stubFor(any(anyUrl()).willReturn(answer));
    }

    private static Purpose small(String url) {
        return new Purpose("test", Duration.ofSeconds(2), 10_000, URI.create(url));
    }

    private EgressResponse call() {
        return egress.send(small(PEER.baseUrl()), HttpRequest.newBuilder(URI.create(PEER.baseUrl() + "/things?token=secret")).build());
    }

    private void fails(Kind kind) {
        assertThatExceptionOfType(EgressFault.class).isThrownBy(this::call)
                .matches(fault -> fault.kind() == kind, "is " + kind)
                .satisfies(fault -> assertThat(fault.sentence()).contains("localhost").doesNotContain("secret", "/things"));
    }

    @Test
    void theWholeAnswerComesBackWhateverItsStatus() {
        answers(aResponse().withStatus(418).withHeader("X-Note", "é").withBody("{\"tea\":\"héllo\"}"));
        EgressResponse reply = call();
        assertThat(reply.status()).isEqualTo(418);
        assertThat(reply.body()).isEqualTo("{\"tea\":\"héllo\"}");
        assertThat(reply.header("x-note")).isPresent();
    }

    @Test
    void aRequestGoesOutAsItWasWritten() {
        answers(aResponse().withStatus(201));
        URI uri = URI.create(PEER.baseUrl() + "/things?q=a%2Fb");
        egress.send(small(PEER.baseUrl()), HttpRequest.newBuilder(uri).header("Authorization", "Bearer k").header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"é\":1}")).build());
        PEER.verify(patchRequestedFor(urlEqualTo("/things?q=a%2Fb")).withHeader("Authorization", equalTo("Bearer k"))
                .withHeader("Content-Type", equalTo("application/json")).withoutHeader("Cookie").withoutHeader("Upgrade")
                .withRequestBody(equalTo("{\"é\":1}")));
    }

    @Test
    void anAnswerBeyondItsLimitIsDropped() {
        answers(aResponse().withBody("x".repeat(10_000)));
        assertThat(call().body()).hasSize(10_000);
        answers(aResponse().withBody("x".repeat(10_001)));
        fails(Kind.TOO_LARGE);
    }

    @Test
    void aSmallAnswerThatUnpacksIntoALargeOneIsDropped() throws IOException {
        answers(aResponse().withHeader("Content-Encoding", "gzip").withBody(zipped("x".repeat(10_000))));
        assertThat(call().body()).hasSize(10_000);
        answers(aResponse().withHeader("Content-Encoding", "gzip").withBody(zipped("x".repeat(5_000_000))));
        fails(Kind.TOO_LARGE);
        answers(aResponse().withHeader("Content-Encoding", "gzip").withBody("this is not gzip"));
        fails(Kind.UNREADABLE);
    }

    @Test
    void aTrickleDoesNotHoldTheCallerBeyondTheTimeOfTheCall() {
        answers(aResponse().withBody("slowly").withChunkedDribbleDelay(100, 60_000));
        fails(Kind.TIMED_OUT);
    }

    @Test
    void aBrokenConnectionIsAReset() {
        answers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        fails(Kind.RESET);
        answers(aResponse().withFault(Fault.EMPTY_RESPONSE));
        fails(Kind.RESET);
    }

    @Test
    void aClosedPortIsUnreachable() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Egress open = TestEgress.openTo("http://localhost:" + port);
        assertThatExceptionOfType(EgressFault.class)
                .isThrownBy(() -> open.send(small("http://localhost:" + port), HttpRequest.newBuilder(URI.create("http://localhost:" + port)).build()))
                .matches(fault -> fault.kind() == Kind.UNREACHABLE)
                .matches(fault -> fault.sentence().contains("localhost"))
                .matches(fault -> fault.toTenant("X").equals("X could not be reached. If this keeps happening, tell your administrator."));
    }

    @Test
    void anInterruptedCallerIsLetGoAndStaysInterrupted() {
        answers(aResponse().withFixedDelay(60_000));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(CancellationException.class).isThrownBy(this::call);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}

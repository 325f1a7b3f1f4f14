package social.coral.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import social.coral.egress.EgressFault.Kind;

/** The address that was checked is the one that is connected to, whatever a resolver says a moment later. */
class PinningTest {

    private static final String PASSWORD = "changeit";

    private static EgressResponse call(Egress egress, String url) {
        URI uri = URI.create(url);
        return egress.send(new Purpose("test", Duration.ofSeconds(5), 1000, uri), HttpRequest.newBuilder(uri).build());
    }

    private static void fails(Kind kind, Egress egress, String url) {
        assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> call(egress, url)).matches(fault -> fault.kind() == kind, "is " + kind);
    }

    @Test
    void aResolverThatChangesItsAnswerAfterTheCheckChangesNothing() throws IOException {
        Deque<String> answers = new ArrayDeque<>(List.of("127.0.0.2", "127.0.0.1", "127.0.0.1"));
        List<String> asked = new ArrayList<>();
        Resolver fickle = host -> {
            asked.add(host);
            return List.of(InetAddress.ofLiteral(answers.removeFirst()));
        };
        List<Peer> peers = Peer.onOnePort("127.0.0.2", Peer.text("200 OK\r\nConnection: close", "good"), "127.0.0.1", Peer.text("200 OK", "inside"));
        try (Peer good = peers.getFirst();
                Peer inside = peers.getLast();
                Egress egress = TestEgress.with(fickle, "127.0.0.2:" + good.port())) {
            String url = "http://rebind.example:" + good.port() + "/";
            assertThat(call(egress, url).body()).isEqualTo("good");
            assertThat(asked).as("one look-up serves check and connection").containsExactly("rebind.example");
            fails(Kind.REFUSED, egress, url);
            assertThat(inside.connections).hasValue(0);
            assertThat(good.requests).singleElement().asString().contains("Host: rebind.example:" + good.port());
        }
    }

    @Test
    void aNameWithAGoodAndABadAddressIsRefusedInEitherOrder() throws IOException {
        for (List<String> addresses : List.of(List.of("127.0.0.2", "127.0.0.1"), List.of("127.0.0.1", "127.0.0.2"))) {
            Resolver mixed = host -> addresses.stream().map(InetAddress::ofLiteral).toList();
            try (Peer good = Peer.on("127.0.0.2", 0, Peer.text("200 OK", "good"));
                    Egress egress = TestEgress.with(mixed, "127.0.0.2:" + good.port())) {
                fails(Kind.REFUSED, egress, "http://mixed.example:" + good.port() + "/");
                assertThat(good.connections).hasValue(0);
            }
        }
    }

    @Test
    void callsThatWereRefusedTakeNoPlaceInThePool() throws IOException {
        try (Egress egress = TestEgress.with(host -> List.of(InetAddress.ofLiteral("10.0.0.1")))) {
            for (int i = 0; i < 200; i++) {
                fails(Kind.REFUSED, egress, "http://inside.example/");
            }
        }
    }

    @Test
    void aNameWithoutAnAddressIsUnreachableAndAResolverThatHangsIsGivenUp() {
        try (Egress egress = TestEgress.with(host -> List.of())) {
            fails(Kind.UNREACHABLE, egress, "https://typo.example/");
        }
        Resolver hanging = host -> {
            try {
                TimeUnit.DAYS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        };
        try (Egress egress = TestEgress.with(hanging)) {
            URI uri = URI.create("https://slow.example/");
            assertThatExceptionOfType(EgressFault.class)
                    .isThrownBy(() -> egress.send(new Purpose("test", Duration.ofMillis(100), 1, uri), HttpRequest.newBuilder(uri).build()))
                    .matches(fault -> fault.kind() == Kind.TIMED_OUT);
        }
    }

    @Test
    void tlsIsHeldToTheNameAndNotToTheAddress(@TempDir Path folder) throws Exception {
        Path store = selfSigned(folder, "right.example");
        String before = System.getProperty("javax.net.ssl.trustStore");
        System.setProperty("javax.net.ssl.trustStore", trusting(store).toString());
        List<String> named = new ArrayList<>();
        try (Peer peer = Peer.on(tls(store, named), Peer.text("200 OK", "proved"));
                Egress egress = TestEgress.with(host -> List.of(InetAddress.ofLiteral("127.0.0.1")), "127.0.0.1:" + peer.port())) {
            assertThat(call(egress, "https://right.example:" + peer.port() + "/").body()).isEqualTo("proved");
            assertThat(named).containsExactly("right.example");
            fails(Kind.UNREACHABLE, egress, "https://wrong.example:" + peer.port() + "/");
            assertThat(peer.requests).hasSize(1);
        } finally {
            if (before == null) {
                System.clearProperty("javax.net.ssl.trustStore");
            } else {
                System.setProperty("javax.net.ssl.trustStore", before);
            }
        }
    }

    private static Path selfSigned(Path folder, String host) throws IOException, InterruptedException {
        Path store = folder.resolve("peer.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                "peer", "-keyalg", "EC", "-dname", "CN=" + host, "-ext", "san=dns:" + host, "-keystore", store.toString(), "-storepass",
                PASSWORD).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return store;
    }

    private static KeyStore load(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    /** A store that trusts the other's certificate, without a password as the JDK reads it. */
    private static Path trusting(Path store) throws GeneralSecurityException, IOException {
        KeyStore trust = KeyStore.getInstance("JKS");
        trust.load(null, null);
        trust.setCertificateEntry("peer", load(store).getCertificate("peer"));
        Path file = store.resolveSibling("trust.jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            trust.store(out, PASSWORD.toCharArray());
        }
        return file;
    }

    private static ServerSocket tls(Path store, List<String> named) throws GeneralSecurityException, IOException {
        KeyStore keys = load(store);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        ServerSocket plain = context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        return new Listening(plain, named);
    }

    /** Notes under which name a client came that finished its handshake. */
    private static final class Listening extends ServerSocket {

        private final ServerSocket tls;
        private final List<String> named;

        private Listening(ServerSocket tls, List<String> named) throws IOException {
            this.tls = tls;
            this.named = named;
        }

        @Override
        public SSLSocket accept() throws IOException {
            SSLSocket socket = (SSLSocket) tls.accept();
            socket.addHandshakeCompletedListener(done -> ((ExtendedSSLSession) done.getSession()).getRequestedServerNames().stream()
                    .map(SNIServerName::getEncoded)
                    .forEach(name -> named.add(new String(name, StandardCharsets.US_ASCII))));
            return socket;
        }

        @Override
        public int getLocalPort() {
            return tls.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            super.close();
            tls.close();
        }
    }
}

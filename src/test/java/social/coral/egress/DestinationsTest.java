package social.coral.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import social.coral.egress.EgressFault.Kind;
import social.coral.installation.StartFault;

class DestinationsTest {

    private static Destinations gate(List<String> allowPrivate, List<String> serviceUrls, String... resolvesTo) {
        Resolver resolver = host -> {
            if (host.matches("[0-9.]+") || host.contains(":")) {
                return List.of(InetAddress.ofLiteral(host));
            }
            if (resolvesTo.length == 0) {
                throw new UnknownHostException(host);
            }
            return Arrays.stream(resolvesTo).map(InetAddress::ofLiteral).toList();
        };
        return new Destinations(AllowedEndpoints.of(new EgressSettings(allowPrivate, serviceUrls)), resolver);
    }

    /** Passes both checks of the gate for a purpose that may go there, and tells which addresses it would connect to. */
    private static List<InetAddress> reaches(Destinations gate, String url) {
        URI uri = URI.create(url);
        Set<Origin> there = Endpoint.of(uri) == null ? Set.of() : Set.of(Origin.of(uri));
        try {
            return gate.addresses(gate.check(new Purpose("test", Duration.ofSeconds(1), 1, there, false), uri).endpoint());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:9103/admin", "http://model.example:80/x", "http://pages.example:8080/x", "https://pages.example:22/x"})
    void anAddressThatOthersNameLeadsToNoServiceAndNoUnusualPort(String url) {
        Destinations gate = gate(List.of("wiki.example:8080"), List.of("http://localhost:9103/v1", "http://model.example/v1"), "93.184.215.14");
        assertThat(named(gate, "https://pages.example/x")).isNotNull();
        assertThat(named(gate, "http://wiki.example:8080/x")).as("what the operator lists and is no service").isNotNull();
        assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> named(gate, url)).matches(fault -> fault.kind() == Kind.REFUSED);
    }

    private static Origin named(Destinations gate, String url) {
        URI uri = URI.create(url);
        return gate.check(Purpose.named("test", Duration.ofSeconds(1), 1, uri), uri);
    }

    private static void refuses(Destinations gate, String url, String... more) {
        String[] words = Stream.concat(Stream.of("refused"), Arrays.stream(more)).toArray(String[]::new);
        assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> reaches(gate, url))
                .matches(fault -> fault.kind() == Kind.REFUSED)
                .satisfies(fault -> assertThat(fault.sentence()).contains(words).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "100.127.255.255", "0.0.0.0", "0.1.2.3", "224.0.0.1", "239.255.255.250", "255.255.255.255", "192.0.0.8", "198.18.0.1",
        "[::]", "[::1]", "[fe80::1]", "[fc00::1]", "[fd12:3456::1]", "[ff02::1]", "[fec0::1]", "[::ffff:127.0.0.1]", "[::ffff:10.0.0.1]",
        "[::ffff:0:10.0.0.1]", "[::127.0.0.1]", "[64:ff9b::169.254.169.254]", "[64:ff9b::a9fe:a9fe]", "[64:ff9b:1::10.0.0.1]",
        "[2002:7f00:1::]", "[2002:a9fe:a9fe::1]", "[2002:5db8:d822::1]", "[2001:db8::1]",
        "[2001::1]", "[fd00:ec2::254]", "[64:ff9b:1::93.184.216.34]", "[::93.184.216.34]", "[4000::1]"
    })
    void anAddressThatLeadsInsideIsRefusedAndTheRemedyNamed(String host) {
        refuses(gate(List.of(), List.of()), "http://" + host + ":8000/?token=secret", "CORAL_ALLOW_PRIVATE_EGRESS", ":8000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "0177.0.0.1", "0x7f000001", "0x7f.0.0.1", "127.1", "127.0.1", "017700000001", "0x7f.1", "1.2.3.4.5", "256.1.1.1"})
    void aNumberInAnUnusualSpellingIsRefusedWhateverAResolverMakesOfIt(String host) {
        refuses(gate(List.of(), List.of(), "93.184.216.34"), "http://" + host + "/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://example.com/", "file:///etc/passwd", "//example.com/", "https://secret@example.com/", "http://exa%25mple/",
        "http://[fe80::1%25eth0]/", "http://a_b..example/", "https:example.com"})
    void whatIsNotAPlainWebAddressIsRefused(String url) {
        refuses(gate(List.of(), List.of(), "93.184.216.34"), url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"93.184.216.34", "172.32.0.1", "100.128.0.1", "[2606:2800:220:1::1]", "[::ffff:93.184.216.34]", "[64:ff9b::93.184.216.34]"})
    void aPublicAddressPasses(String host) {
        assertThat(reaches(gate(List.of(), List.of()), "https://" + host + "/")).hasSize(1);
    }

    @Test
    void aNameWithOnePrivateAddressAmongPublicOnesIsRefused() {
        refuses(gate(List.of(), List.of(), "93.184.216.34", "10.0.0.5"), "https://rebind.example/");
        refuses(gate(List.of(), List.of(), "127.0.0.1"), "https://localhost./");
    }

    @Test
    void aPurposeGoesNowhereBesidesItsOwnSchemeHostAndPort() {
        Destinations gate = gate(List.of(), List.of(), "93.184.216.34");
        Purpose purpose = new Purpose("x-api", Duration.ofSeconds(1), 1, URI.create("https://api.example/2"));
        assertThat(gate.check(purpose, URI.create("HTTPS://API.example.:443/anything")).host()).isEqualTo("api.example");
        for (String url : List.of("http://api.example/2", "https://api.example:8443/2", "https://evil.example/2", "https://api.example.evil.example/2",
                "https://93.184.216.34/2")) {
            assertThatExceptionOfType(EgressFault.class).isThrownBy(() -> gate.check(purpose, URI.create(url)))
                    .matches(fault -> fault.kind() == Kind.REFUSED).withMessageContaining("x-api");
        }
    }

    @Test
    void theOperatorsListAllowsAHostAndAPortAndNothingBesides() {
        Destinations gate = gate(List.of("models.lan:11434", "10.0.0.7:8000", "[fd00::1]:9000"), List.of(), "10.0.0.5");
        assertThat(reaches(gate, "http://Models.LAN.:11434/v1")).containsExactly(InetAddress.ofLiteral("10.0.0.5"));
        assertThat(reaches(gate, "http://10.0.0.7:8000/")).hasSize(1);
        assertThat(reaches(gate, "http://[fd00::1]:9000/")).hasSize(1);
        refuses(gate, "http://models.lan:80/");
        refuses(gate, "http://other.lan:11434/");
        refuses(gate, "http://10.0.0.5:11434/");
    }

    @Test
    void aServiceThatTheOperatorWroteAsAPrivateAddressIsAllowedButNotANameThatLeadsThere() {
        Destinations gate = gate(List.of(), List.of("http://localhost:8090", " http://192.168.1.20:8000/v1 ", "", "https://inside.example"), "127.0.0.1");
        assertThat(reaches(gate, "http://localhost:8090/2/users")).hasSize(1);
        assertThat(reaches(gate, "http://192.168.1.20:8000/v1/models")).hasSize(1);
        refuses(gate, "http://localhost:8091/");
        refuses(gate, "https://inside.example/");
    }

    @Test
    void onlyAServerOnThisMachineCanBeThisProcessesOwn() {
        Destinations gate = gate(List.of(), List.of());
        gate.allowed().allowOwn(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8090));
        assertThat(reaches(gate, "http://127.0.0.1:8090/")).hasSize(1);
        refuses(gate, "http://127.0.0.1:8091/");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> gate.allowed().allowOwn(new InetSocketAddress(InetAddress.ofLiteral("10.0.0.1"), 8090)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", "http://localhost:80", "*:80", "a b:80", "localhost:99999"})
    void anEntryThatIsNotHostAndPortStopsTheStartWithTheNameOfTheVariable(String entry) {
        assertThatExceptionOfType(StartFault.class).isThrownBy(() -> gate(List.of(entry), List.of())).withMessageContaining("CORAL_ALLOW_PRIVATE_EGRESS");
    }
}

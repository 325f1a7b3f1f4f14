package social.coral.egress;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.grpc.Grpc;
import io.grpc.ManagedChannelBuilder;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import java.net.DatagramSocket;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.sql.DriverManager;
import java.util.List;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may open a connection. Each exception is a line here, with its reason. */
class OneGateTest {

    private static final JavaClasses PRODUCT =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("social.coral");

    private static final List<Class<?>> CONNECTIONS = List.of(Socket.class, SocketFactory.class, SocketChannel.class,
            AsynchronousSocketChannel.class, DatagramSocket.class, DatagramChannel.class, URLConnection.class, HttpURLConnection.class,
            HttpClient.class, WebSocket.class, ProxySelector.class);

    @Test
    void nobodyButTheGateOpensAConnection() {
        for (Class<?> connection : CONNECTIONS) {
            // The server ends what others have opened to it; it opens nothing.
            noClasses().that().resideOutsideOfPackage("social.coral.egress").and().doNotHaveFullyQualifiedName("social.coral.edge.AcceptedConnection")
                    .should().dependOnClassesThat().areAssignableTo(connection).check(PRODUCT);
        }
        for (String method : List.of("open", "connect")) {
            noClasses().that().resideOutsideOfPackage("social.coral.egress")
                    .should().callMethodWhere(target(owner(assignableTo(SocketChannel.class))).and(target(name(method)))).check(PRODUCT);
        }
        for (String method : List.of("openConnection", "openStream", "getContent")) {
            noClasses().should().callMethod(URL.class, method).check(PRODUCT);
        }
    }

    @Test
    void nobodyButTheGateUsesALibraryThatOpensConnections() {
        noClasses().that().resideOutsideOfPackage("social.coral.egress").should().dependOnClassesThat().resideInAnyPackage(
                "org.apache.hc..", "okhttp3..", "io.netty..", "org.eclipse.jetty..", "org.springframework.web.client..",
                "org.springframework.web.reactive.function.client..", "org.springframework.http.client..", "javax.naming..", "java.rmi..",
                "javax.net.ssl..", "io.grpc.netty..").check(PRODUCT);
        // What a channel carries is its user's business; where it leads is the gate's.
        noClasses().that().resideOutsideOfPackage("social.coral.egress").should().dependOnClassesThat()
                .belongToAnyOf(Grpc.class, ManagedChannelBuilder.class, QdrantClient.class, QdrantGrpcClient.class).check(PRODUCT);
    }

    /** Its address is not checked, so nobody but the operator may have written it. */
    @Test
    void aChannelForGrpcLeadsOnlyWhereTheOperatorsSettingsSay() throws ClassNotFoundException {
        noClasses().that().doNotHaveFullyQualifiedName("social.coral.knowledge.QdrantConnection")
                .should().callMethodWhere(target(owner(assignableTo(GrpcChannels.class))).and(target(name("open")))).check(PRODUCT);
        assertThat(Class.forName("social.coral.knowledge.QdrantConnection").getDeclaredConstructors()).singleElement()
                .satisfies(made -> assertThat(made.getParameterTypes()).extracting(Class::getSimpleName).containsExactly("QdrantSettings", "Circuit", "Duration"));
    }

    @ParameterizedTest
    @CsvSource({"http://192.0.2.1:6334,false", "http://8.8.8.8:6334,true", "https://8.8.8.8:6334,false", "http://10.0.0.5:6334,false", "http://[::1]:6334,false"})
    void whatLeavesPrivateNetworksWithoutTlsIsKnown(String server, boolean expected) throws UnknownHostException {
        assertThat(GrpcChannels.isReadableOnTheWay(URI.create(server))).isEqualTo(expected);
    }

    @Test
    void onlyTheDatabasesOwnRoomsOpenOneAndOnlyServersListen() {
        noClasses().that().resideOutsideOfPackages("social.coral.installation", "social.coral.tenancy")
                .should().dependOnClassesThat().belongToAnyOf(DriverManager.class)
                .orShould().dependOnClassesThat(resideInAPackage("com.zaxxer.hikari.."))
                .orShould().dependOnClassesThat(resideInAPackage("org.postgresql.ds..")).check(PRODUCT);
        // The installation tries whether its own port and the embedded database's are free; it binds them and connects to nobody.
        noClasses().that().resideOutsideOfPackage("social.coral.installation")
                .should().dependOnClassesThat().areAssignableTo(ServerSocket.class).check(PRODUCT);
    }
}

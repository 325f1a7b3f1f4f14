package social.coral.egress;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;

/**
 * The one place that opens channels for gRPC: to the operator's server, and never to an address that a person can choose. Like
 * the database's, its address may therefore be private. See docs/decisions/one-gate-outward.md.
 */
public final class GrpcChannels {

    private static final int MAX_METADATA = 16 << 10;
    private static final int SECONDS_BETWEEN_PINGS = 20;
    private static final int SECONDS_FOR_A_PING = 5;

    private GrpcChannels() {}

    /**
     * Opens a channel that connects when it is first used. It retries nothing by itself and uses no proxy.
     *
     * @param server an http address, or an https one for TLS, with a port; only the operator's configuration may name it
     * @param maxAnswer the largest message that is received, in bytes
     */
    public static ManagedChannel open(URI server, int maxAnswer) {
        Origin origin = Origin.of(server);
        ChannelCredentials credentials = origin.secure() ? TlsChannelCredentials.create() : InsecureChannelCredentials.create();
        return Grpc.newChannelBuilder("dns:///" + origin.endpoint(), credentials)
                .userAgent("coral-social")
                .proxyDetector(address -> null)
                // Neither retries nor anything else is looked up in the server's DNS.
                .disableServiceConfigLookUp()
                .disableRetry()
                .maxInboundMessageSize(maxAnswer)
                .maxInboundMetadataSize(MAX_METADATA)
                // A connection that a firewall has forgotten is found while a call waits.
                .keepAliveTime(SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS)
                .keepAliveTimeout(SECONDS_FOR_A_PING, TimeUnit.SECONDS)
                .build();
    }

    /** Reports whether others can read what is sent to a server: without TLS, beyond this machine and private networks. */
    public static boolean isReadableOnTheWay(URI server) throws UnknownHostException {
        Origin origin = Origin.of(server);
        return !origin.secure() && !Resolver.SYSTEM.resolve(origin.host()).stream().allMatch(AddressRanges::isPrivate);
    }
}

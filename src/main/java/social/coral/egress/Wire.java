package social.coral.egress;

import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SchemePortResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Speaks HTTP/1.1 with the addresses that a resolver returns: follows no redirect, uses no proxy, keeps no cookies or
 * credentials, and retries nothing. So a connection carries no state of its caller, and the next call can reuse it.
 */
final class Wire implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CONNECTIONS = 1024;
    /** More than the number of concurrent runs, which may all wait for the same slow service. */
    private static final int MAX_CONNECTIONS_PER_HOST = 512;
    private static final int MAX_HEADER_LENGTH = 16 << 10;
    private static final int MAX_HEADERS = 100;
    /** The replacement character for a byte that is not UTF-8; it can also have been sent as such. */
    private static final char REPLACED = '\uFFFD';

    /** A complete response that is not valid. */
    static final class Unreadable extends IOException {
        Unreadable(String what) {
            super(what);
        }
    }

    /** Nothing came for so long. */
    static final class Silent extends IOException {
        Silent(Duration idle) {
            super("silent for " + idle.toSeconds() + " seconds");
        }
    }

    private final CloseableHttpClient client;

    Wire(DnsResolver resolver) {
        this.client = HttpClientBuilder.create()
                .setConnectionManager(new Direct()
                        .setDnsResolver(resolver)
                        .setMaxConnTotal(MAX_CONNECTIONS)
                        .setMaxConnPerRoute(MAX_CONNECTIONS_PER_HOST)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Http1Config.custom().setMaxLineLength(MAX_HEADER_LENGTH).setMaxHeaderCount(MAX_HEADERS).build())
                                .build())
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(CONNECT_TIMEOUT))
                                .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                                // A changed DNS record takes effect within this time.
                                .setTimeToLive(TimeValue.ofMinutes(5))
                                .build())
                        .build())
                .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
                .setUserAgent("coral-social")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableAutomaticRetries()
                .disableConnectionState()
                // Decompressed here instead, where the size is checked.
                .disableContentCompression()
                .evictExpiredConnections()
                // The buffers hold the last request, with the key in its header, as long as the connection lives.
                .evictIdleConnections(TimeValue.ofSeconds(10))
                .build();
    }

    /** Sends a request and reads the whole response. {@link HttpUriRequestBase#cancel} ends it from another thread. */
    EgressResponse exchange(Origin origin, HttpUriRequestBase request, Purpose purpose, ResponseMemory.Share room) throws IOException {
        return opened(origin, request, purpose, purpose.timeout(), response -> whole(response, purpose, room));
    }

    /**
     * Sends a request and lets {@code reader} read the response while it arrives. The connection is closed after that, since nobody
     * knows how much more would come.
     */
    <T> T receive(Origin origin, HttpUriRequestBase request, Purpose purpose, Duration idle, ResponseMemory.Share room, Reception.Reader<T> reader)
            throws IOException {
        request.setHeader("Accept-Encoding", "identity");
        return opened(origin, request, purpose, idle, response -> {
            try {
                return reader.read(new Arriving(response, purpose, room));
            } catch (SocketTimeoutException e) {
                throw new Silent(idle);
            } finally {
                request.cancel();
                closeUnread(response);
            }
        });
    }

    private static void closeUnread(ClassicHttpResponse response) {
        try {
            response.close();
        } catch (IOException e) {
            // It tried to read the rest, which nobody wants.
        }
    }

    private interface Opened<T> {
        T read(ClassicHttpResponse response) throws IOException;
    }

    /** @param silence how long nothing may come */
    private <T> T opened(Origin origin, HttpUriRequestBase request, Purpose purpose, Duration silence, Opened<T> reader) throws IOException {
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(Timeout.of(purpose.timeout()))
                .setResponseTimeout(Timeout.of(silence))
                .setAuthenticationEnabled(false)
                .setExpectContinueEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        HttpHost host = new HttpHost(origin.scheme(), origin.host(), origin.port());
        try (ClassicHttpResponse response = client.executeOpen(host, request, null)) {
            try {
                return reader.read(response);
            } catch (IOException e) {
                // Closing a response reads the rest of it, unless the connection is gone.
                request.cancel();
                throw e;
            }
        }
    }

    private static EgressResponse whole(ClassicHttpResponse response, Purpose purpose, ResponseMemory.Share room) throws IOException {
        String body = text(body(response.getEntity(), purpose.maxBytes(), room), response.getCode());
        return new EgressResponse(response.getCode(), headers(response), body);
    }

    private record Arriving(ClassicHttpResponse response, Purpose purpose, ResponseMemory.Share room) implements Reception {

        @Override
        public int status() {
            return response.getCode();
        }

        @Override
        public HttpHeaders headers() {
            return Wire.headers(response);
        }

        @Override
        public InputStream body() throws IOException {
            HttpEntity entity = response.getEntity();
            if (entity == null) {
                return InputStream.nullInputStream();
            }
            if (entity.getContentEncoding() != null && !entity.getContentEncoding().equalsIgnoreCase("identity")) {
                throw new Unreadable("packed although that was not asked for");
            }
            return BoundedStream.passing(entity.getContent(), purpose.maxBytes(), room);
        }

        @Override
        public EgressResponse whole() throws IOException {
            return Wire.whole(response, purpose, room);
        }
    }

    private static HttpHeaders headers(ClassicHttpResponse response) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName(), name -> new ArrayList<>(1)).add(String.valueOf(header.getValue()));
        }
        return HttpHeaders.of(headers, (name, value) -> true);
    }

    /** Leaves out the mark of byte order. A successful response must decode exactly; in an error response the text is only for people. */
    private static String text(byte[] body, int status) throws IOException {
        String text = new String(body, StandardCharsets.UTF_8);
        if (status < 300 && text.indexOf(REPLACED) >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            } catch (CharacterCodingException e) {
                throw new Unreadable("not UTF-8");
            }
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Returns the decompressed body. A small response must not expand into a large one. The response closes its stream. */
    private static byte[] body(HttpEntity entity, int limit, ResponseMemory.Share room) throws IOException {
        if (entity == null) {
            return new byte[0];
        }
        if (entity.getContentLength() > limit) {
            throw new BoundedStream.TooLarge();
        }
        InputStream received = new BoundedStream(entity.getContent(), limit, room);
        String coding = entity.getContentEncoding() == null ? "identity" : entity.getContentEncoding().toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "identity" -> received.readAllBytes();
            case "gzip", "x-gzip" -> unzipped(received, limit, room);
            default -> throw new Unreadable("packed in a way that was not asked for");
        };
    }

    private static byte[] unzipped(InputStream received, int limit, ResponseMemory.Share room) throws IOException {
        byte[] body = new BoundedStream(new GZIPInputStream(received), limit, room).readAllBytes();
        if (received.read() >= 0) {
            throw new Unreadable("goes on after its end");
        }
        return body;
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    /** Connects without the SOCKS proxy that may be set for the Java process. */
    private static final class Direct extends PoolingHttpClientConnectionManagerBuilder {

        @Override
        protected HttpClientConnectionOperator createConnectionOperator(
                SchemePortResolver ports, DnsResolver resolver, TlsSocketStrategy tls) {
            return new DefaultHttpClientConnectionOperator(proxy -> new Socket(Proxy.NO_PROXY), ports, resolver,
                    RegistryBuilder.<TlsSocketStrategy>create().register(URIScheme.HTTPS.id, tls).build());
        }
    }
}

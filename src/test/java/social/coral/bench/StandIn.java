package social.coral.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for a provider: answers each request with the same JSON, at once or after so long. Does as little as can be done, because it
 * shares the machine with what it measures.
 */
final class StandIn implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final byte[] answer;
    private final Duration after;
    private volatile byte @Nullable [] first;

    StandIn(String json, Duration after) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        whole.writeBytes(body);
        this.answer = whole.toByteArray();
        this.after = after;
        Thread.ofPlatform().daemon().start(this::serve);
    }

    int port() {
        return server.getLocalPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** The first request that it was sent, to send the same again. */
    byte[] firstRequest() {
        return Objects.requireNonNull(first, "nobody asked");
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofPlatform().daemon().start(() -> talk(socket));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                byte[] body = in.readNBytes(length(head));
                if (first == null) {
                    ByteArrayOutputStream whole = new ByteArrayOutputStream();
                    whole.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
                    whole.writeBytes(body);
                    first = whole.toByteArray();
                }
                Thread.sleep(after);
                socket.getOutputStream().write(answer);
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (next == '\n' && head.length() > 3 && head.charAt(head.length() - 3) == '\n') {
                return head.toString();
            }
        }
        return "";
    }

    private static int length(String head) {
        String lower = head.toLowerCase(Locale.ROOT);
        int start = lower.indexOf("content-length:") + "content-length:".length();
        return Integer.parseInt(head.substring(start, head.indexOf('\r', start)).strip());
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

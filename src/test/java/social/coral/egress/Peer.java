package social.coral.egress;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** A server that says what a well-behaved one would not. It answers every request on a connection until that is closed. */
public final class Peer implements AutoCloseable {

    public interface Answer {
        void write(OutputStream out) throws IOException;
    }

    final List<String> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final Function<String, Answer> answers;

    private Peer(ServerSocket server, Function<String, Answer> answers) {
        this.server = server;
        this.answers = answers;
        Thread.ofVirtual().start(this::serve);
    }

    static Peer on(String address, int port, Answer answer) {
        try {
            return on(socket(address, port), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two that answer on one port of two addresses. A port that another program has on the second is passed over. */
    static List<Peer> onOnePort(String address, Answer answer, String second, Answer seconds) throws IOException {
        for (int tried = 1;; tried++) {
            ServerSocket first = socket(address, 0);
            try {
                return List.of(on(first, answer), on(socket(second, first.getLocalPort()), seconds));
            } catch (BindException taken) {
                first.close();
                if (tried == 20) {
                    throw taken;
                }
            }
        }
    }

    private static ServerSocket socket(String address, int port) throws IOException {
        return new ServerSocket(port, 50, InetAddress.ofLiteral(address));
    }

    /** On a socket of the test's own making, such as one that speaks TLS. */
    static Peer on(ServerSocket server, Answer answer) {
        return new Peer(server, request -> answer);
    }

    /** One that has an answer for each request. */
    public static Peer thatChooses(Function<String, Answer> answers) {
        try {
            return new Peer(new ServerSocket(0, 1_000, InetAddress.ofLiteral("127.0.0.1")), answers);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Peer thatAnswers(Answer answer) {
        return on("127.0.0.1", 0, answer);
    }

    public static Answer text(String head, String body) {
        return out -> out.write(("HTTP/1.1 " + head + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8));
    }

    int port() {
        return server.getLocalPort();
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> talk(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket socket) {
        try (socket) {
            for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
                requests.add(head);
                answers.apply(head).write(socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException e) {
            // The client has gone, which is what some tests are about.
        }
    }

    private static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = socket.getInputStream().read(); next >= 0; next = socket.getInputStream().read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

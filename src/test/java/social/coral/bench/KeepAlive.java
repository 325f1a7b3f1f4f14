package social.coral.bench;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One HTTP/1.1 connection that stays open. Does as little as can be done, because it shares the machine with what it measures. */
final class KeepAlive implements AutoCloseable {

    private static final String LENGTH = "content-length:";
    private static final String LAST = "connection: close";

    private final int port;
    private Socket socket;
    private InputStream in;
    private OutputStream out;
    private final byte[] buffer = new byte[64 << 10];
    private int position;
    private int end;
    private byte[] body = new byte[64 << 10];
    private int length;

    KeepAlive(int port) throws IOException {
        this.port = port;
        this.socket = open();
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    private Socket open() throws IOException {
        Socket opened = new Socket(InetAddress.getLoopbackAddress(), port);
        opened.setTcpNoDelay(true);
        opened.setSoTimeout(60_000);
        return opened;
    }

    /** The bytes of a GET, made once and sent often. */
    static byte[] get(String path, String token) {
        return ("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nAuthorization: Bearer " + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] post(String path, String token, String type, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\nContent-Type: " + type
                        + "\r\nContent-Length: " + content.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, request, head.length, content.length);
        return request;
    }

    /** Sends a request and reads its whole answer, which must be that of a success. */
    void ask(byte[] request) throws IOException {
        out.write(request);
        length = 0;
        String status = line();
        int announced = -1;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            if (header.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                announced = Integer.parseInt(header.substring(LENGTH.length()).strip());
            }
            last = last || header.equalsIgnoreCase(LAST);
        }
        if (announced >= 0) {
            take(announced);
        } else {
            takeChunks();
        }
        if (last) {
            reopen();
        }
        if (!status.startsWith("HTTP/1.1 2")) {
            throw new IOException("the server answered " + status + " " + text());
        }
    }

    /** The answer's body. */
    String text() {
        return new String(body, 0, length, StandardCharsets.UTF_8);
    }

    /** A server may end a connection after so many answers; it says so with the last one. */
    private void reopen() throws IOException {
        socket.close();
        socket = open();
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    private void takeChunks() throws IOException {
        int size;
        do {
            size = Integer.parseInt(line(), 16);
            take(size);
            line();
        } while (size > 0);
    }

    private String line() throws IOException {
        int start = position;
        StringBuilder broken = new StringBuilder();
        while (true) {
            if (position == end) {
                broken.append(new String(buffer, start, end - start, StandardCharsets.ISO_8859_1));
                fill();
                start = 0;
            }
            if (buffer[position++] == '\n') {
                String rest = new String(buffer, start, position - 1 - start, StandardCharsets.ISO_8859_1);
                String line = broken.isEmpty() ? rest : broken + rest;
                return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            }
        }
    }

    private void take(int size) throws IOException {
        if (length + size > body.length) {
            body = Arrays.copyOf(body, 2 * (length + size));
        }
        for (int left = size; left > 0; ) {
            if (position == end) {
                fill();
            }
            int part = Math.min(left, end - position);
            System.arraycopy(buffer, position, body, length, part);
            position += part;
            length += part;
            left -= part;
        }
    }

    private void fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
            throw new EOFException("the server closed the connection");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

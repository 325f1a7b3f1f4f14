package social.coral.kms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A small transit engine server that really encrypts (AES-256-GCM), with faults on demand. */
final class TransitServer implements AutoCloseable {

    static final String TOKEN = "hvs.token-of-the-installation";
    static final String KEY = "coral";

    private static final int IV = 12;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpServer server;
    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();
    private final CountDownLatch closed = new CountDownLatch(1);
    final AtomicInteger asked = new AtomicInteger();

    /** What the server does in place of its work: an HTTP status, {@code garbage}, {@code liar} or {@code silent}. */
    volatile @Nullable String fault;

    TransitServer() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, "AES");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/transit/", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String wrong = fault;
        JsonNode input = JSON.readTree(exchange.getRequestBody().readAllBytes());
        if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            answer(exchange, 403, "{\"errors\":[\"permission denied\"]}");
        } else if ("silent".equals(wrong)) {
            awaitEnd();
            exchange.close();
        } else if ("garbage".equals(wrong)) {
            answer(exchange, 200, "<html>a login page of a hotel</html>");
        } else if (wrong != null && !wrong.equals("liar")) {
            answer(exchange, Integer.parseInt(wrong), "{\"errors\":[\"a fault on demand\"]}");
        } else {
            switch (exchange.getRequestURI().getPath().substring("/v1/transit/".length())) {
                case "encrypt/" + KEY -> answer(exchange, 200, data("ciphertext", encrypt(input.path("plaintext").stringValue())));
                case "decrypt/" + KEY -> decrypt(exchange, input.path("ciphertext").stringValue(), wrong != null);
                default -> answer(exchange, 404, "{\"errors\":[]}");
            }
        }
    }

    private String encrypt(String plaintext) {
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, iv).doFinal(Base64.getDecoder().decode(plaintext));
            return "vault:v1:" + Base64.getEncoder().encodeToString(ByteBuffer.allocate(IV + sealed.length).put(iv).put(sealed).array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void decrypt(HttpExchange exchange, String ciphertext, boolean lying) throws IOException {
        try {
            byte[] bytes = Base64.getDecoder().decode(ciphertext.substring("vault:v1:".length()));
            byte[] plain = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, IV)).doFinal(bytes, IV, bytes.length - IV);
            if (lying) {
                plain[0] ^= 1;
            }
            answer(exchange, 200, data("plaintext", Base64.getEncoder().encodeToString(plain)));
        } catch (GeneralSecurityException e) {
            answer(exchange, 400, "{\"errors\":[\"cipher: message authentication failed\"]}");
        }
    }

    private Cipher cipher(int mode, byte[] iv) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, iv));
        return cipher;
    }

    private static String data(String name, String value) {
        return JSON.writeValueAsString(Map.of("data", Map.of(name, value)));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}

package social.coral.bench;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import social.coral.installation.FreePort;

/** The same route in a small Node server, for comparison: {@code src/test/bench/node}. */
final class NodeServer implements AutoCloseable {

    private static final Path SOURCE = Path.of("src/test/bench/node");

    final int port = FreePort.find();
    private final Process process;

    private NodeServer(ProcessBuilder builder) throws IOException {
        builder.environment().put("PORT", Integer.toString(port));
        process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    static boolean isPossible() {
        return Programs.isInstalled("node") && Programs.isInstalled("npm");
    }

    /** Installs what it needs below {@code target}, once, and starts it as the product's own login role. */
    static NodeServer start(Product product, Path target) throws IOException, InterruptedException, SQLException {
        Path folder = Files.createDirectories(target.resolve("bench-node"));
        for (String file : new String[] {"package.json", "server.js"}) {
            Files.writeString(folder.resolve(file), Files.readString(SOURCE.resolve(file)));
        }
        File log = folder.resolve("console.log").toFile();
        Process install = new ProcessBuilder("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline")
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(log).start();
        if (!install.waitFor(120, SECONDS) || install.exitValue() != 0) {
            install.destroyForcibly();
            throw new IOException("npm install did not succeed, see " + log);
        }
        ProcessBuilder builder = new ProcessBuilder("node", "server.js")
                .directory(folder.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().putAll(Map.of(
                "NODE_ENV", "production",
                "PGHOST", "127.0.0.1",
                "PGPORT", Integer.toString(product.databasePort()),
                "PGDATABASE", Product.DATABASE,
                "PGUSER", "coral_tenant",
                "PGPASSWORD", product.rolePassword,
                "CLAIMS_KEY", ClaimSignatures.key(product)));
        NodeServer server = new NodeServer(builder);
        Awaitility.await("the Node server, see " + log).atMost(Duration.ofSeconds(20)).until(server::answers);
        return server;
    }

    private boolean answers() {
        try (KeepAlive connection = new KeepAlive(port)) {
            connection.ask(KeepAlive.get("/health", ""));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

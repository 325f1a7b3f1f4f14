package social.coral.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own load generator, with prepared statements. */
final class Pgbench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private final int port;
    private final String database;
    private final int clients;

    Pgbench(int port, String database, int clients) {
        this.port = port;
        this.database = database;
        this.clients = clients;
    }

    static boolean isInstalled() {
        return Programs.isInstalled("pgbench");
    }

    /** A script, run by so many clients at once as one login. */
    Rounds.Way as(String user, String password, String script) {
        return time -> {
            try {
                return run(user, password, script, time);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private double run(String user, String password, String script, Duration time) throws IOException {
        Path file = Files.createTempFile("bench", ".sql");
        try {
            Files.writeString(file, script);
            ProcessBuilder builder = new ProcessBuilder("pgbench", "-n", "-M", "prepared", "-h", "127.0.0.1", "-p", Integer.toString(port),
                            "-U", user, "-c", Integer.toString(clients), "-j", "2", "-T", Long.toString(time.toSeconds()),
                            "-f", file.toString(), database)
                    .redirectErrorStream(true);
            builder.environment().put("PGPASSWORD", password);
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher rate = RATE.matcher(said);
            if (!rate.find()) {
                throw new IOException("pgbench said: " + said);
            }
            return Double.parseDouble(rate.group(1));
        } finally {
            Files.delete(file);
        }
    }
}

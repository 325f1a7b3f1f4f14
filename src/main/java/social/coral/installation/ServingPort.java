package social.coral.installation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/** Checks whether the HTTP port is available before anything is started. */
final class ServingPort {

    private static final int DEFAULT = 8080;
    static final int MAX = 65_535;
    private static final int LAST_PRIVILEGED = 1023;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private ServingPort() {}

    /** Returns the configured port. Accepts decimal numbers only; Spring would also take 0x1F90. */
    static int configured(Environment environment) {
        String text = environment.getProperty("server.port", "").strip();
        if (text.isEmpty()) {
            return DEFAULT;
        }
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > MAX) {
            throw new StartFault("PORT is \"" + text + "\", and must be a whole number from 0 to " + MAX + ".");
        }
        return Integer.parseInt(text);
    }

    static void requireFree(int port) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new StartFault(sentence(port, String.valueOf(e.getMessage())), e);
        }
    }

    static String sentence(int port, String reason) {
        if (port <= LAST_PRIVILEGED && reason.contains("denied")) {
            return "Port " + port + " is not open to this user. Choose one above " + LAST_PRIVILEGED + ", for example PORT=8080 ./coral run.";
        }
        if (reason.contains("in use")) {
            return "Port " + port + " is used by another program. Stop it, or choose another port, for example PORT="
                    + (port < MAX ? port + 1 : port - 1) + " ./coral run.";
        }
        return "Port " + port + " cannot be used (" + reason + "). Choose another one with PORT.";
    }
}

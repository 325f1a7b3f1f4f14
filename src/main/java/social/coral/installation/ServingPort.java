package social.coral.installation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/** Finds out, before anything is started for it, whether the port can be had. */
final class ServingPort {

    private static final int USUAL = 8080;
    static final int HIGHEST = 65_535;
    private static final int LAST_PRIVILEGED = 1023;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    private ServingPort() {}

    /** The port that is wanted, as people and scripts read a number: Spring would also take 0x1F90. */
    static int wanted(Environment environment) {
        String text = environment.getProperty("server.port", "").strip();
        if (text.isEmpty()) {
            return USUAL;
        }
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > HIGHEST) {
            throw new StartFault("PORT is \"" + text + "\", and must be a whole number from 0 to " + HIGHEST);
        }
        return Integer.parseInt(text);
    }

    static void refuseTaken(int port) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.setReuseAddress(true);
            trial.bind(new InetSocketAddress(port));
        } catch (IOException e) {
            throw new StartFault(sentence(port, String.valueOf(e.getMessage())), e);
        }
    }

    static String sentence(int port, String reason) {
        if (port <= LAST_PRIVILEGED && reason.contains("denied")) {
            return "port " + port + " is not open to this user; choose one above " + LAST_PRIVILEGED + ", for example PORT=8080 ./coral run";
        }
        if (reason.contains("in use")) {
            return "port " + port + " is taken by another program; stop it, or choose another port, for example PORT="
                    + (port < HIGHEST ? port + 1 : port - 1) + " ./coral run";
        }
        return "port " + port + " cannot be used (" + reason + "); choose another with PORT";
    }
}

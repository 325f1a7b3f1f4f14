package social.coral.installation;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds out, before anything is started for it, whether the port can be had. */
final class ServingPort {

    static final int USUAL = 8080;
    private static final int HIGHEST = 65_535;
    private static final int LAST_PRIVILEGED = 1023;

    private ServingPort() {}

    static void refuseTaken(int port) {
        if (port < 0 || port > HIGHEST) {
            throw new StartFault("PORT is " + port + ", and must be a whole number from 0 to " + HIGHEST);
        }
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

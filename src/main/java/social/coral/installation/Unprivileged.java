package social.coral.installation;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.util.List;

/** Starts programs that refuse to run as root as nobody, in a Linux user namespace. */
final class Unprivileged {

    private static final List<String> AS_NOBODY = List.of("unshare", "--user");

    private Unprivileged() {}

    /** Returns the prefix of the command; empty for an ordinary user. */
    static List<String> prefix() {
        if (new UnixSystem().getUid() != 0) {
            return List.of();
        }
        if (!isPermitted()) {
            throw new StartFault("PostgreSQL refuses to run as root, and this system does not let root start it as nobody (unshare --user fails)."
                    + " Start Coral Social as an ordinary user, or use your own server with DATABASE_URL.");
        }
        return AS_NOBODY;
    }

    private static boolean isPermitted() {
        try {
            return new ProcessBuilder("unshare", "--user", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

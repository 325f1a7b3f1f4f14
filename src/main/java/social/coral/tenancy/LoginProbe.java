package social.coral.tenancy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import social.coral.installation.FaultReasons;

/**
 * Checks every few seconds that each of the product's roles can log in. An administrator may have changed a password,
 * a limit or a rule, and a server that answers to one role may refuse another.
 */
final class LoginProbe implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LoginProbe.class);
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int LASTING = 2;
    private static final String NO_PLACE_LEFT = "53";

    private final Map<LoginRole, ? extends DataSource> logins;
    private final Predicate<LoginRole> isServed;
    private final Map<LoginRole, Integer> refusals = new EnumMap<>(LoginRole.class);
    private final Map<LoginRole, String> lasting = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("database-roles").unstarted(this::look);

    /** @param isServed whether the role has connections already, so that no room for another one is not a fault */
    LoginProbe(Map<LoginRole, ? extends DataSource> logins, Predicate<LoginRole> isServed) {
        this.logins = logins;
        this.isServed = isServed;
    }

    void start() {
        thread.start();
    }

    /** Returns which role cannot log in and why, as of the last checks. Does not ask the database. */
    Optional<String> fault() {
        return lasting.entrySet().stream().findFirst().map(closed -> "the role " + closed.getKey().roleName + " cannot log in: " + closed.getValue());
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PAUSE);
                logins.forEach(this::knock);
            }
        } catch (InterruptedException e) {
            // The process ends.
        }
    }

    private void knock(LoginRole role, DataSource login) {
        try {
            login.getConnection().close();
            opened(role);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (DatabaseProbe.isGone(state)) {
                // No role can log in; DatabaseProbe reports that.
                return;
            }
            if (String.valueOf(state).startsWith(NO_PLACE_LEFT) && isServed.test(role)) {
                opened(role);
            } else if (refusals.merge(role, 1, Integer::sum) >= LASTING && lasting.put(role, FaultReasons.firstLine(e)) == null) {
                log.error("The database does not let the role {} in ({}); ./coral doctor tells the remedy", role.roleName, FaultReasons.firstLine(e));
            }
        }
    }

    private void opened(LoginRole role) {
        refusals.remove(role);
        if (lasting.remove(role) != null) {
            log.warn("The database lets the role {} in again", role.roleName);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

package social.coral.portability;

import java.sql.SQLException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import social.coral.api.Failure;

/** What ends an import in its middle, as an answer that also says what was stored before. */
public final class ImportFault {

    private static final Logger log = LoggerFactory.getLogger(ImportFault.class);

    private ImportFault() {}

    /** Whether it is one row's fault and not the database's. */
    public static boolean isOfTheRow(DataAccessException e) {
        // Data, integrity, a rule on access, and what is too large for an index.
        return switch (stateClass(e)) {
            case "22", "23", "42", "44", "54" -> true;
            default -> false;
        };
    }

    private static String stateClass(DataAccessException e) {
        String state = e.getMostSpecificCause() instanceof SQLException sql ? sql.getSQLState() : null;
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    /** The answer to an import that this ended after {@code stored}, which says in words what is there. */
    public static Failure after(Exception end, String stored) {
        Failure why = end instanceof Failure failure ? failure : failure(end);
        String sentence = why.errors().isEmpty() ? why.sentence() : "The file " + why.errors().getFirst().message();
        Failure told = Failure.of(why.status(), why.code(), sentence + ". Stored before that: " + stored + doubt(end));
        for (var detail : why.details().entrySet()) {
            told = told.with(detail.getKey(), detail.getValue());
        }
        return told;
    }

    private static String doubt(Exception end) {
        return end instanceof SureBatch.Unsure unsure
                ? "; and perhaps " + unsure.rows() + " more, of which the database did not say so. Sending the file again adds only what is missing" : "";
    }

    private static Failure failure(Exception end) {
        if (end instanceof TransientDataAccessException) {
            return Failure.busy();
        }
        if (end instanceof SureBatch.Unsure || end instanceof DataAccessException ground && !isOfTheRow(ground)) {
            log.warn("An import ended because the database failed", end);
            return Failure.databaseAway(false);
        }
        String id = UUID.randomUUID().toString();
        log.error("Fault {} in an import", id, end);
        return Failure.of(HttpStatus.INTERNAL_SERVER_ERROR, "fault", "Something went wrong on our side. The operator finds it in the log as " + id);
    }
}

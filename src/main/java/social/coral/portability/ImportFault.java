package social.coral.portability;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatus;
import social.coral.api.AccountGone;
import social.coral.api.Failure;

/** The fault that ended an import early, with what was stored before. */
public final class ImportFault {

    private static final Logger log = LoggerFactory.getLogger(ImportFault.class);
    private static final int SECONDS_OF_A_MOMENT = 5;

    /** The code of an import that its person has stopped. */
    public static final String STOPPED = "import_stopped";
    /** The code of an import that its person undoes. */
    public static final String TAKEN_BACK = "import_taken_back";

    private static final String IMPORTED = "imported";
    private static final String CLIENT_GONE = "client_gone";
    private static final String PERHAPS = "perhaps_imported";

    private final Failure why;
    private final long stored;
    private final String noun;
    private final int perhaps;

    private ImportFault(Failure why, long stored, String noun, int perhaps) {
        this.why = why;
        this.stored = stored;
        this.noun = noun;
        this.perhaps = perhaps;
    }

    /** Returns the fault for an exception, after so many posts or rows. */
    public static ImportFault after(Exception end, long stored, String noun) {
        return new ImportFault(end instanceof Failure failure ? failure : failure(end), stored, noun, end instanceof CountedBatch.Unsure unsure ? unsure.rows() : 0);
    }

    /** Returns the failure for a file that cannot be imported. */
    public static Failure ofTheFile(String sentence) {
        return Failure.of(HttpStatus.BAD_REQUEST, "invalid_input", sentence).at("file");
    }

    static Failure clientGone() {
        return Failure.of(HttpStatus.BAD_REQUEST, CLIENT_GONE, "The connection was closed.");
    }

    /** Returns the failure for an import that its person has stopped. */
    public static Failure stopped() {
        return Failure.of(HttpStatus.CONFLICT, STOPPED, "You stopped it.");
    }

    /** Reports whether the person wanted it to end. */
    public static boolean isOfThePerson(Failure fault) {
        return fault.code().equals(STOPPED) || fault.code().equals(TAKEN_BACK);
    }

    /** Reports whether the client has disconnected. */
    public static boolean isOfTheClient(Failure fault) {
        return fault.code().equals(CLIENT_GONE);
    }

    /** Returns the failure for a body that cannot be read to its end. */
    public static Failure ofTheUpload(IOException e) {
        return Failure.of(HttpStatus.BAD_REQUEST, "invalid_input",
                e instanceof FileUploadException ? "The upload is not a readable multipart form." : "The upload ended before it was complete.").at("body");
    }

    /** Reports whether the import had stored something. */
    public static boolean isAfterSome(Failure answer) {
        return answer.details().containsKey(PERHAPS) || answer.details().get(IMPORTED) instanceof Long some && some > 0;
    }

    /** Reports whether it is the fault of a row and not of the database. */
    public static boolean isOfTheRow(DataAccessException e) {
        // Data, integrity, access rules, and values too large for an index.
        return switch (stateClass(e)) {
            case "22", "23", "42", "44", "54" -> true;
            default -> false;
        };
    }

    private static String stateClass(DataAccessException e) {
        String state = e.getMostSpecificCause() instanceof SQLException sql ? sql.getSQLState() : null;
        return state == null || state.length() < 2 ? "" : state.substring(0, 2);
    }

    /** Returns what ended it. */
    public Failure why() {
        return why;
    }

    /** Returns the answer for the client. */
    public Failure answer() {
        String remedy = isWorthAnotherTry() ? " Upload the file again: only what is missing is added." : "";
        Failure answer = Failure.of(why.status(), why.code(), why.sentence() + " " + whatIsStored() + "." + remedy);
        for (var detail : why.details().entrySet()) {
            answer = answer.with(detail.getKey(), detail.getValue());
        }
        return answer.with(IMPORTED, stored).with(PERHAPS, perhaps == 0 ? null : perhaps);
    }

    /** Returns the subject of the audit entry, for a person who never got the answer. */
    public String entry() {
        return whatIsStored() + " before it ended. " + why.sentence();
    }

    private String whatIsStored() {
        return perhaps == 0 ? stored(stored, noun) : stored(stored, noun) + ", and perhaps " + count(perhaps, noun) + " more";
    }

    private static String stored(long stored, String noun) {
        return stored == 0 ? "Nothing was stored" : count(stored, noun) + (stored == 1 ? " was stored" : " were stored");
    }

    /** Formats a count such as {@code 1 post} or {@code 3,799 posts}. */
    public static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? noun : noun + "s");
    }

    private boolean isWorthAnotherTry() {
        return why.status().is5xxServerError() || why.status() == HttpStatus.REQUEST_TIMEOUT || isOfTheClient(why) || why.code().equals("import_too_long");
    }

    private static Failure failure(Exception end) {
        if (end instanceof AccountGone gone) {
            return gone.toFailure();
        }
        if (end instanceof TransientDataAccessException) {
            return Failure.busy();
        }
        if (end instanceof CountedBatch.Unsure || end instanceof DataAccessException ground && !isOfTheRow(ground)) {
            log.warn("An import ended because the database failed", end);
            return Failure.of(HttpStatus.SERVICE_UNAVAILABLE, "database_away", "The database did not answer.").retryAfter(SECONDS_OF_A_MOMENT);
        }
        String id = UUID.randomUUID().toString();
        log.error("Fault {} in an import", id, end);
        return Failure.of(HttpStatus.INTERNAL_SERVER_ERROR, "fault", "Something went wrong on our side. If this keeps happening, ask your administrator to look in the log for " + id + ".");
    }
}

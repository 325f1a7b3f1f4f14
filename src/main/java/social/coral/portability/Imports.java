package social.coral.portability;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;
import social.coral.api.AccountGone;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.json.JsonMapper;

/** Takes an archive in, under the tenant at work. Nothing that is here is overwritten, and nothing of it is believed unseen. */
@Component
public class Imports {

    private static final Logger log = LoggerFactory.getLogger(Imports.class);
    private static final int UNPACKED = 10;

    private final TenantTables tables;
    private final TenantDoor door;
    private final JsonMapper json;
    private final PortabilitySettings settings;
    private final ImportTurns turns;

    Imports(TenantTables tables, TenantDoor door, JsonMapper json, PortabilitySettings settings, ImportTurns turns) {
        this.tables = tables;
        this.door = door;
        this.json = json;
        this.settings = settings;
        this.turns = turns;
    }

    /** How large an archive may be. */
    public DataSize limit() {
        return settings.importLimit();
    }

    /** Imports what a request carries: a form with {@code file}, or the archive as the body. */
    public ImportOutcome run(HttpServletRequest request) throws IOException {
        return turns.take(request, turn -> {
            try (UploadedFile file = UploadedFile.of(turn, limit())) {
                if (file.isEmpty()) {
                    throw ImportFault.ofTheFile("This file is empty.");
                }
                return run(new ArchiveReader(file, DataSize.ofBytes(limit().toBytes() * UNPACKED), json, turn), turn);
            }
        });
    }

    private ImportOutcome run(ArchiveReader archive, ImportTurn turn) throws IOException {
        ArchiveImport run = new ArchiveImport(door, ArchivePlan.of(archive.manifest(), tables.all()), turn);
        try {
            run.read(archive);
        } catch (IOException | RuntimeException e) {
            ImportOutcome outcome = run.outcome();
            ImportFault ended = ImportFault.after(e, outcome.imported(), "row");
            enter("data.import_ended", ended.entry());
            throw ended.answer().with("tables", outcome.tables()).with("rejected", outcome.rejected());
        }
        ImportOutcome outcome = run.outcome();
        enter("data.imported", ImportFault.count(outcome.imported(), "row"));
        return outcome;
    }

    /** In the audit, which tells it also when nobody waits for the answer. The rows are there whether or not this can be written. */
    private void enter(String action, String what) {
        try {
            door.transaction(() -> door.audit(action, what));
        } catch (AccountGone e) {
            // Nobody is left to read it.
        } catch (DataAccessException e) {
            log.warn("An import of tenant {}, of {}, could not be entered in the audit", Tenant.current().id(), what, e);
        }
    }
}

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

/** Imports an archive for the current tenant. Overwrites nothing, and trusts nothing in the archive. */
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

    /** Returns the maximum size of an archive. */
    public DataSize limit() {
        return settings.importLimit();
    }

    /** Imports the archive of a request: the {@code file} of a form, or the raw body. */
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

    /** Writes the result to the audit, for a person who never got the answer. The rows are kept even if this fails. */
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

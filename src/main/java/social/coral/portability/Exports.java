package social.coral.portability;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;
import social.coral.identity.AccountExport;
import social.coral.portability.TenantTable.LeftOut;
import social.coral.tenancy.TenantDoor;
import tools.jackson.databind.json.JsonMapper;

/** Writes everything the current tenant owns as one archive, as of one moment. */
@Component
class Exports {

    private final TenantTables tables;
    private final AccountExport account;
    private final TenantDoor door;
    private final JsonMapper json;
    private final Clock clock;

    Exports(TenantTables tables, AccountExport account, TenantDoor door, JsonMapper json, Clock clock) {
        this.tables = tables;
        this.account = account;
        this.door = door;
        this.json = json;
        this.clock = clock;
    }

    /** Writes the whole archive; throws an {@link IOException} if the output fails. */
    void write(OutputStream out) throws IOException {
        Instant now = clock.instant();
        door.transaction(() -> door.audit("data.exported", "everything"));
        String person = account.json();
        try (ArchiveWriter archive = new ArchiveWriter(out, json)) {
            door.snapshot(() -> {
                List<TenantTable> all = tables.all();
                List<LeftOut> leftOut = all.stream().flatMap(TenantTable::leftOut).toList();
                List<TenantTable> taken = all.stream().filter(table -> table.notExported().isEmpty()).toList();
                try {
                    archive.text("README.txt", Readme.of(taken, leftOut, now));
                    archive.text("account.json", person);
                    for (TenantTable table : taken) {
                        archive.table(table, lines -> rows(table, lines));
                    }
                    archive.finish(now, leftOut);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return true;
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private long rows(TenantTable table, OutputStream out) {
        long[] count = {0};
        door.sql(table.reading()).each(row -> {
            write(row.getString(1), out);
            count[0]++;
        });
        return count[0];
    }

    private static void write(String line, OutputStream out) throws SQLException {
        try {
            out.write(line.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

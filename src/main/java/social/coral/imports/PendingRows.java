package social.coral.imports;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import social.coral.imports.archive.PostRow;
import social.coral.portability.Spool;
import social.coral.portability.SpoolFile;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/** Holds rows that cannot be stored yet, such as those whose author is not known, in a compressed file. */
final class PendingRows implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final DataSize MAX_SIZE = DataSize.ofGigabytes(2);

    private final Spool spool;
    private final Runnable look;
    private @Nullable SpoolFile file;
    private @Nullable SequenceWriter rows;
    private long count;

    /** @param look checks before each row that is replayed whether the import has to end, and lets others work */
    PendingRows(Spool spool, Runnable look) {
        this.spool = spool;
        this.look = look;
    }

    long count() {
        return count;
    }

    void add(PostRow row) {
        SequenceWriter open = rows;
        if (open == null) {
            open = open();
            rows = open;
        }
        open.write(row);
        count++;
    }

    private SequenceWriter open() {
        try {
            SpoolFile created = spool.open(MAX_SIZE);
            file = created;
            return JSON.writerFor(PostRow.class).withRootValueSeparator("\n")
                    .writeValues(new GZIPOutputStream(new BufferedOutputStream(created.writer())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replays every row, in order, and forgets them. */
    void drain(Consumer<PostRow> taker) {
        if (rows == null || file == null) {
            return;
        }
        rows.close();
        try (MappingIterator<PostRow> kept = JSON.readerFor(PostRow.class)
                .readValues(new GZIPInputStream(new BufferedInputStream(file.reader())))) {
            kept.forEachRemaining(row -> {
                look.run();
                taker.accept(row);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        close();
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            file = null;
            rows = null;
            count = 0;
        }
    }
}

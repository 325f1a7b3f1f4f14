package social.coral.content;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import social.coral.content.archive.RawPost;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.SequenceWriter;
import tools.jackson.databind.json.JsonMapper;

/** Rows whose author is not known yet, kept in a packed file until the upload has told it, however many they are. */
final class HeldBack implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private @Nullable Path file;
    private @Nullable SequenceWriter rows;
    private long count;

    long count() {
        return count;
    }

    void add(RawPost row) {
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
            Path created = Files.createTempFile("coral-import", ".gz");
            file = created;
            return JSON.writerFor(RawPost.class).withRootValueSeparator("\n")
                    .writeValues(new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(created))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives back every row, in order. */
    void forEach(Consumer<RawPost> taker) {
        if (rows == null || file == null) {
            return;
        }
        rows.close();
        try (MappingIterator<RawPost> kept = JSON.readerFor(RawPost.class)
                .readValues(new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file))))) {
            kept.forEachRemaining(taker);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

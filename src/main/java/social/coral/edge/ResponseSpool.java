package social.coral.edge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import social.coral.installation.UnlinkedFile;

/**
 * A response between being made and being sent: its beginning in memory, a long one in a file without a name, which disappears with the
 * process. A slow reader then holds no rows.
 */
final class ResponseSpool extends OutputStream {

    private static final int IN_MEMORY = 32 << 10;
    private static final int CHUNK = 32 << 10;

    /** The largest file while only the reserve of the disk is left: all files together then leave most of the reserve. */
    private static final int CHECK_EVERY_BYTES = 256 << 10;

    private final Path folder;
    private final BooleanSupplier diskIsExhausted;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream(1 << 10);
    private @Nullable FileChannel file;
    private @Nullable IOException fault;
    private long length;
    private int sinceCheck;

    ResponseSpool(Path folder, BooleanSupplier diskIsExhausted) {
        this.folder = folder;
        this.diskIsExhausted = diskIsExhausted;
    }

    long length() {
        return length;
    }

    /** Why a part could not be written to the file; null when all is there. */
    @Nullable IOException fault() {
        return fault;
    }

    /** Whether it fits the buffers of a connection, so that nobody waits for its reader. */
    boolean isShort() {
        return length <= IN_MEMORY;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        if (memory.size() + count > IN_MEMORY) {
            moveIntoFile();
        }
        if (count > IN_MEMORY) {
            append(ByteBuffer.wrap(bytes, offset, count));
        } else {
            memory.write(bytes, offset, count);
        }
        length += count;
    }

    private void moveIntoFile() throws IOException {
        append(ByteBuffer.wrap(memory.toByteArray()));
        memory.reset();
    }

    private void append(ByteBuffer bytes) throws IOException {
        try {
            if (file == null) {
                file = UnlinkedFile.in(folder);
            }
            sinceCheck += bytes.remaining();
            if (sinceCheck > CHECK_EVERY_BYTES) {
                sinceCheck = 0;
                if (diskIsExhausted.getAsBoolean()) {
                    throw new IOException("only the reserve of the disk is left");
                }
            }
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            fault = e;
            throw e;
        }
    }

    /** Discards everything that was written. */
    void clear() throws IOException {
        memory.reset();
        length = 0;
        if (file != null) {
            file.truncate(0).position(0);
        }
    }

    /** Sends all of it. */
    void sendTo(OutputStream out) throws IOException {
        long inFile = length - memory.size();
        if (file != null && inFile > 0) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            for (long sent = 0; sent < inFile; sent += chunk.limit()) {
                file.read(chunk.clear(), sent);
                out.write(chunk.flip().array(), 0, chunk.limit());
            }
        }
        memory.writeTo(out);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}

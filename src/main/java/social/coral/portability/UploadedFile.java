package social.coral.portability;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;

/** An archive as it was sent, in a file that has no name and is gone when it is closed or the process ends. */
final class UploadedFile implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final FileChannel channel;
    private final DataSize limit;

    private UploadedFile(DataSize limit) throws IOException {
        this.channel = FileChannel.open(Files.createTempFile("coral-archive", ".zip"),
                StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        this.limit = limit;
    }

    /** Takes the {@code file} of a form, or the body as it is. */
    static UploadedFile of(HttpServletRequest request, DataSize limit) throws IOException {
        UploadedFile file = new UploadedFile(limit);
        try {
            if (request.getContentLengthLong() > limit.toBytes()) {
                throw file.tooLarge();
            }
            if (JakartaServletFileUpload.isMultipartContent(request)) {
                file.takeForm(new JakartaServletFileUpload<>().getItemIterator(request));
            } else {
                file.take(request.getInputStream());
            }
            return file;
        } catch (FileUploadException e) {
            file.close();
            throw Failure.invalid("body", "is not a readable multipart form");
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void takeForm(FileItemInputIterator parts) throws IOException {
        while (parts.hasNext()) {
            FileItemInput part = parts.next();
            switch (String.valueOf(part.getFieldName())) {
                case "file" -> take(part.getInputStream());
                case "_csrf" -> {
                    // The page's own; looked at before the request came here.
                }
                default -> throw Failure.invalid(String.valueOf(part.getFieldName()), "is not a field that can be set here");
            }
        }
    }

    private void take(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (channel.size() + count > limit.toBytes()) {
                throw tooLarge();
            }
            ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private Failure tooLarge() {
        return Failure.of(HttpStatus.CONTENT_TOO_LARGE, "too_large", "This file is larger than the " + limit.toMegabytes() + " MB that an archive may have");
    }

    /** The file from its beginning. Closing the stream leaves the file open. */
    InputStream read() throws IOException {
        channel.position(0);
        return new java.io.FilterInputStream(Channels.newInputStream(channel)) {

            @Override
            public void close() {
                // It is read more than once.
            }
        };
    }

    boolean isEmpty() throws IOException {
        return channel.size() == 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

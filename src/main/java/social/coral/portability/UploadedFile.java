package social.coral.portability;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;
import social.coral.api.Failure;

/** An uploaded archive. */
final class UploadedFile implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final int MAX_PARTS = 10;

    private final SpoolFile file;
    private final DataSize limit;

    private UploadedFile(SpoolFile file, DataSize limit) {
        this.file = file;
        this.limit = limit;
    }

    /** Reads the {@code file} of a form, or the raw body. */
    static UploadedFile of(ImportTurn turn, DataSize limit) throws IOException {
        HttpServletRequest request = turn.request();
        if (request.getContentLengthLong() > limit.toBytes()) {
            throw tooLarge(limit);
        }
        UploadedFile file = new UploadedFile(turn.spool().open(limit), limit);
        try {
            if (JakartaServletFileUpload.isMultipartContent(request)) {
                file.takeForm(new JakartaServletFileUpload<>().getItemIterator(request));
            } else {
                file.take(request.getInputStream());
            }
            turn.uploadRead();
            return file;
        } catch (IOException e) {
            file.close();
            throw ImportFault.ofTheUpload(e);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void takeForm(FileItemInputIterator parts) throws IOException {
        for (int number = 1; parts.hasNext(); number++) {
            if (number > MAX_PARTS) {
                throw Failure.invalid("body", "The upload has more than " + MAX_PARTS + " parts.");
            }
            FileItemInput part = parts.next();
            switch (String.valueOf(part.getFieldName())) {
                case "file" -> take(part.getInputStream());
                case "_csrf" -> {
                    // The page's CSRF token, which was checked before.
                }
                default -> throw Failure.unknownField(String.valueOf(part.getFieldName()));
            }
        }
    }

    private void take(InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (file.length() + count > limit.toBytes()) {
                throw tooLarge(limit);
            }
            file.append(ByteBuffer.wrap(buffer, 0, count));
        }
    }

    private static Failure tooLarge(DataSize limit) {
        return Failure.of(HttpStatus.CONTENT_TOO_LARGE, "too_large", "This file is larger than " + limit.toMegabytes() + " MB, the most for an archive.");
    }

    /** Opens the file at its beginning. */
    InputStream read() {
        return file.reader();
    }

    boolean isEmpty() {
        return file.length() == 0;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package social.coral.edge;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StreamUtils;
import org.springframework.web.context.request.ServletWebRequest;

/** A response that is made to its end before a byte of it is sent. */
final class SpooledResponse extends HttpServletResponseWrapper {

    private static final int COMPRESSION_BUFFER = 8 << 10;
    private static final int TAG_BYTES = 16;

    private ResponseSpool spool;
    private @Nullable ServletOutputStream bytes;
    private @Nullable PrintWriter text;
    private boolean delegated;

    SpooledResponse(HttpServletResponse response, ResponseSpool spool) {
        super(response);
        this.spool = spool;
    }

    /** Sends what was made, unless the container responds. */
    void send() throws IOException {
        if (!delegated && spool.length() > 0) {
            super.setContentLengthLong(spool.length());
            spool.sendTo(new PacedStream(super.getOutputStream()));
        }
    }

    /**
     * Gives the response an entity tag, and leaves its body out (304) if the client has that one already. The tag is made of the body,
     * so this saves the way and not the work: no version of a list is known without reading it.
     */
    void answerUnchanged(HttpServletRequest request) throws IOException {
        MessageDigest digest = sha256();
        spool.sendTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        String tag = "W/\"" + HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES) + "\"";
        if (new ServletWebRequest(request, this).checkNotModified(tag)) {
            resetBuffer();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compresses what was made into another spool, which is sent instead unless the disk has no room for it. */
    boolean compress(ResponseSpool compressed) throws IOException {
        // What is compressed is sent afterwards, so its spool stays open.
        try (GZIPOutputStream gzip = new GZIPOutputStream(StreamUtils.nonClosing(compressed), COMPRESSION_BUFFER)) {
            spool.sendTo(gzip);
        } catch (IOException e) {
            if (compressed.fault() == null) {
                throw e;
            }
            return false;
        }
        spool.clear();
        spool = compressed;
        Compression.announce(this);
        return true;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        if (bytes == null) {
            bytes = new ResponseStream() {

                @Override
                public void write(byte[] source, int offset, int count) throws IOException {
                    spool.write(source, offset, count);
                }
            };
        }
        return bytes;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (text == null) {
            text = new PrintWriter(new OutputStreamWriter(getOutputStream(), getCharacterEncoding()));
        }
        return text;
    }

    /** Nothing is sent before all is made. */
    @Override
    public void flushBuffer() {
        if (text != null) {
            text.flush();
        }
    }

    @Override
    public void setContentLength(int length) {
        // Known when all is made.
    }

    @Override
    public void setContentLengthLong(long length) {
        // As above.
    }

    @Override
    public void resetBuffer() {
        try {
            if (text != null) {
                text.flush();
            }
            spool.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void reset() {
        super.reset();
        resetBuffer();
        bytes = null;
        text = null;
    }

    @Override
    public void sendError(int status) throws IOException {
        delegated = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        delegated = true;
        super.sendError(status, message);
    }

    @Override
    public void sendRedirect(String location, int status, boolean clearBuffer) throws IOException {
        delegated = true;
        super.sendRedirect(location, status, clearBuffer);
    }
}

package social.coral.knowledge;

import java.io.EOFException;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.jspecify.annotations.Nullable;

/** The index cannot be reached or does not work. It costs freshness and never data. */
final class IndexFault extends RuntimeException {

    IndexFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether files of the index are missing or not as they were written, so that only rebuilding it helps. */
    boolean isDamage() {
        return getCause() instanceof CorruptIndexException || getCause() instanceof IndexFormatTooOldException || getCause() instanceof IndexFormatTooNewException
                || getCause() instanceof EOFException || getCause() instanceof NoSuchFileException;
    }
}

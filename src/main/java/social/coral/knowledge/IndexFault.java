package social.coral.knowledge;

import java.io.EOFException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.store.AlreadyClosedException;
import org.jspecify.annotations.Nullable;

/** The index cannot be reached or does not work. It costs freshness and never data. */
final class IndexFault extends RuntimeException {

    private static final int MAX_CAUSES = 5;

    IndexFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Whether files of the index are missing or not as they were written, so that only rebuilding it helps. */
    boolean isDamage() {
        return getCause() instanceof CorruptIndexException || getCause() instanceof IndexFormatTooOldException || getCause() instanceof IndexFormatTooNewException
                || getCause() instanceof EOFException || getCause() instanceof NoSuchFileException || getCause() instanceof FileAlreadyExistsException
                || Stream.iterate(getCause(), Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES).anyMatch(IndexFault::isOfLock);
    }

    /** A lock whose file was changed, which Lucene only says in words. */
    private static boolean isOfLock(Throwable cause) {
        return cause instanceof AlreadyClosedException && String.valueOf(cause.getMessage()).contains("NativeFSLock");
    }
}

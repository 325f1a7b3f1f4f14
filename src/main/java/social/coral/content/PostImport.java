package social.coral.content;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponentsBuilder;
import social.coral.api.Failure;
import social.coral.portability.ImportFault;
import social.coral.portability.ImportTurn;
import social.coral.portability.ImportTurns;

/**
 * Imports a person's own posts from a file: X's archive, CSV or JSON. Streams it in a small, fixed amount of memory, one file
 * of a tenant at a time.
 */
@Component
public final class PostImport {

    private static final int MAX_FIELD_LENGTH = 1_000;
    private static final int MAX_PARTS = 200;

    private final ImportedPosts posts;
    private final ContentSettings settings;
    private final ImportTurns turns;

    PostImport(ImportedPosts posts, ContentSettings settings, ImportTurns turns) {
        this.posts = posts;
        this.settings = settings;
        this.turns = turns;
    }

    /** The maximum size of an upload. */
    public DataSize limit() {
        return settings.importLimit();
    }

    /**
     * Imports a request's files: a form with one or more parts {@code file} and an optional {@code author}, or the file as the
     * body with the author in the query. Nothing is written to disk first.
     */
    public ImportResult run(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > limit().toBytes()) {
            throw Failure.of(HttpStatus.CONTENT_TOO_LARGE, "too_large", "This file is larger than " + UploadLimit.words(limit()) + ", the most for one import.");
        }
        Username author = authorInAddress(request);
        return turns.take(request, turn -> run(author, turn));
    }

    private ImportResult run(@Nullable Username author, ImportTurn turn) throws IOException {
        HttpServletRequest request = turn.request();
        try (ImportRun run = new ImportRun(posts::add, author, turn)) {
            try {
                if (JakartaServletFileUpload.isMultipartContent(request)) {
                    readForm(request, run, new UploadLimit(limit()));
                } else {
                    run.read(new UploadLimit(limit()).on(request.getInputStream()));
                }
                if (!run.isBroken()) {
                    turn.uploadRead();
                }
                ImportResult result = run.end();
                enter(result);
                return result;
            } catch (IOException e) {
                throw ended(ImportFault.ofTheUpload(e), run.result());
            } catch (RuntimeException e) {
                throw ended(e, run.result());
            }
        }
    }

    private Failure ended(RuntimeException fault, ImportResult result) {
        if (result.imported() == 0 && fault instanceof Failure nothingStored) {
            return nothingStored;
        }
        ImportFault ended = ImportFault.after(fault, result.imported(), "post");
        posts.importEnded(ended.entry());
        return ended.answer()
                .with("skipped", result.skipped()).with("rejected", result.rejected()).with("rejected_count", result.rejectedCount());
    }

    private void enter(ImportResult result) {
        if (result.broken() != null) {
            posts.importEnded(ImportFault.entry(result.imported(), "post", result.broken().reason() + " (" + result.broken().where() + ")"));
        } else if (result.imported() > 0) {
            posts.imported(ImportFault.count(result.imported(), "post"));
        }
    }

    // Parses the query itself, because asking the request for a parameter can make the server read the body as a form.
    private static @Nullable Username authorInAddress(HttpServletRequest request) {
        String given = UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams().getFirst("author");
        if (given == null || given.isBlank()) {
            return null;
        }
        try {
            return Username.of("author", StringUtils.uriDecode(given, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Failure.invalid("author", "The author cannot be read.");
        }
    }

    private static void readForm(HttpServletRequest request, ImportRun run, UploadLimit meter) throws IOException {
        boolean found = false;
        FileItemInputIterator parts = new JakartaServletFileUpload<>().getItemIterator(request);
        for (int number = 1; !run.isBroken() && parts.hasNext(); number++) {
            if (number > MAX_PARTS) {
                throw Failure.invalid("body", "The upload has more than " + MAX_PARTS + " parts.");
            }
            FileItemInput part = parts.next();
            switch (String.valueOf(part.getFieldName())) {
                case "file" -> {
                    run.read(meter.on(part.getInputStream()));
                    found = true;
                }
                case "author" -> {
                    String given = new String(part.getInputStream().readNBytes(MAX_FIELD_LENGTH), StandardCharsets.UTF_8);
                    if (!given.isBlank()) {
                        run.author(Username.of("author", given));
                    }
                }
                case "_csrf" -> {
                    // The page's CSRF token, checked before the request got here.
                }
                default -> throw Failure.unknownField(String.valueOf(part.getFieldName()));
            }
        }
        if (!found) {
            throw ImportFault.ofTheFile("Choose a file.");
        }
    }
}

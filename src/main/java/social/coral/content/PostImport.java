package social.coral.content;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponentsBuilder;
import social.coral.api.Failure;
import social.coral.tenancy.Tenant;

/**
 * Takes a person's own posts out of a file: X's archive, CSV or JSON. Reads as it comes, in a small fixed memory, one file of
 * a tenant at a time.
 */
@Component
public final class PostImport {

    private static final int LONGEST_FIELD = 1_000;

    private interface Reading {
        void into(ImportRun run) throws IOException;
    }

    private final CollectedPosts posts;
    private final ContentSettings settings;
    private final Set<Tenant> underWay = ConcurrentHashMap.newKeySet();

    PostImport(CollectedPosts posts, ContentSettings settings) {
        this.posts = posts;
        this.settings = settings;
    }

    /** How large an upload may be. */
    public DataSize limit() {
        return settings.importLimit();
    }

    /**
     * Imports what a request carries: a form with {@code file} (one or more) and perhaps {@code author}, or the file as the
     * body, with the author in the address. Nothing of it is put on the disk first.
     */
    public ImportResult run(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > limit().toBytes()) {
            throw Failure.of(HttpStatus.CONTENT_TOO_LARGE, "too_large", "This file is larger than the " + Meter.words(limit()) + " that one import may have");
        }
        Username author = authorInAddress(request);
        try {
            return run(author, JakartaServletFileUpload.isMultipartContent(request)
                    ? run -> readForm(request, run, new Meter(limit()))
                    : run -> run.read(new Meter(limit()).on(request.getInputStream())));
        } catch (FileUploadException e) {
            throw Failure.invalid("body", "is not a readable multipart form");
        }
    }

    private ImportResult run(@Nullable Username author, Reading reading) throws IOException {
        Tenant tenant = Tenant.current();
        if (!underWay.add(tenant)) {
            throw Failure.conflict("import_under_way", "An earlier import of yours is still being read; send this one when it has ended");
        }
        try (ImportRun run = new ImportRun(this::store, author)) {
            reading.into(run);
            return run.end();
        } finally {
            underWay.remove(tenant);
        }
    }

    private int store(List<NewPost> batch) {
        try {
            return posts.add(batch);
        } catch (Failure beyond) {
            throw Failure.of(beyond.status(), beyond.code(), beyond.sentence() + ". This file brings more; what came before in it was imported");
        }
    }

    // Out of the address itself, because to ask the request for a parameter can make the server read the body as a form.
    private static @Nullable Username authorInAddress(HttpServletRequest request) {
        String given = UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams().getFirst("author");
        if (given == null || given.isBlank()) {
            return null;
        }
        try {
            return Username.of("author", StringUtils.uriDecode(given, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Failure.invalid("author", "cannot be read");
        }
    }

    private static void readForm(HttpServletRequest request, ImportRun run, Meter meter) throws IOException {
        boolean found = false;
        FileItemInputIterator parts = new JakartaServletFileUpload<>().getItemIterator(request);
        while (!run.isBroken() && parts.hasNext()) {
            FileItemInput part = parts.next();
            switch (String.valueOf(part.getFieldName())) {
                case "file" -> {
                    run.read(meter.on(part.getInputStream()));
                    found = true;
                }
                case "author" -> {
                    String given = new String(part.getInputStream().readNBytes(LONGEST_FIELD), StandardCharsets.UTF_8);
                    if (!given.isBlank()) {
                        run.author(Username.of("author", given));
                    }
                }
                case "_csrf" -> {
                    // The page's own; looked at before the request came here.
                }
                default -> throw Failure.invalid(String.valueOf(part.getFieldName()), "is not a field that can be set here");
            }
        }
        if (!found) {
            throw Failure.invalid("file", "is needed");
        }
    }
}

package social.coral.imports;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;
import org.springframework.web.util.UriComponentsBuilder;
import social.coral.api.AccountGone;
import social.coral.api.Failure;
import social.coral.api.StorableText;
import social.coral.content.PublishedPosts;
import social.coral.imports.ImportResult.Removed;
import social.coral.portability.ImportFault;
import social.coral.portability.ImportTurn;
import social.coral.portability.ImportTurns;
import social.coral.tenancy.Tenant;
import social.coral.tenancy.TenantDoor;

/**
 * Imports a person's own posts from a file: X's archive, CSV or JSON. Streams it in a small, fixed amount of memory, one file
 * of a tenant at a time.
 */
@Component
public final class PostImport {

    private static final int MAX_FIELD_LENGTH = 1_000;
    private static final int MAX_PARTS = 200;

    private static final int MAX_FILE_NAME = 200;
    private static final String COMMUNITY_POSTS = "community_posts";
    private static final Logger log = LoggerFactory.getLogger(PostImport.class);

    private final TenantDoor door;
    private final ImportSettings settings;
    private final ImportTurns turns;
    private final PastImports past;
    private final PublishedPosts published;

    PostImport(TenantDoor door, ImportSettings settings, ImportTurns turns, PastImports past, PublishedPosts published) {
        this.door = door;
        this.settings = settings;
        this.turns = turns;
        this.past = past;
        this.published = published;
    }

    /** The maximum size of an upload. */
    public DataSize limit() {
        return settings.limit();
    }

    /**
     * Imports a request's files: a form with one or more parts {@code file}, an optional {@code author} and {@code community_posts},
     * or the file as the body with these in the query. Nothing is written to disk first.
     */
    public ImportResult run(HttpServletRequest request) throws IOException {
        return run(request, author -> {});
    }

    /** @param typed takes the author as the form has it, also one that is refused */
    public ImportResult run(HttpServletRequest request, Consumer<String> typed) throws IOException {
        if (request.getContentLengthLong() > limit().toBytes()) {
            throw Failure.of(HttpStatus.CONTENT_TOO_LARGE, "too_large", "This file is larger than " + UploadLimit.words(limit()) + ", the most for one import.");
        }
        String author = inAddress(request, "author");
        String checked = author == null ? null : PostAuthor.checked(author);
        boolean withCommunityPosts = isChosen(inAddress(request, COMMUNITY_POSTS));
        return turns.take(request, turn -> run(checked, withCommunityPosts, turn, typed));
    }

    private ImportResult run(@Nullable String author, boolean withCommunityPosts, ImportTurn turn, Consumer<String> typed) throws IOException {
        HttpServletRequest request = turn.request();
        turn.mayBeStopped();
        ImportEntry entry = new ImportEntry(door);
        try (ImportRun run = new ImportRun(new ImportedPosts(door, entry, turn::look), author, withCommunityPosts, turn)) {
            try {
                boolean toTheEnd;
                if (JakartaServletFileUpload.isMultipartContent(request)) {
                    toTheEnd = readForm(request, run, entry, new UploadLimit(limit()), typed);
                } else {
                    entry.fileBegins(ImportEntry.UNNAMED);
                    toTheEnd = run.read(new UploadLimit(limit()).on(request.getInputStream()), null);
                }
                if (toTheEnd) {
                    turn.uploadRead();
                }
                ImportResult result = run.end();
                enterEnd(result, run, entry);
                return result;
            } catch (IOException e) {
                throw ended(ImportFault.ofTheUpload(e), run, entry);
            } catch (RuntimeException e) {
                throw ended(e, run, entry);
            } catch (VirtualMachineError e) {
                throw ended(new IllegalStateException("an import did not fit into the stack or the memory", e), run, entry);
            }
        }
    }

    private Failure ended(RuntimeException caught, ImportRun run, ImportEntry entry) {
        ImportResult result = run.result();
        RuntimeException fault = caught instanceof Failure gone && ImportFault.isOfTheClient(gone) && entry.isStopped() ? ImportFault.stopped() : caught;
        if (fault instanceof Failure nothingStored && (result.imported() == 0 || nothingStored.code().equals(ImportFault.TAKEN_BACK))) {
            // A refusal leaves nothing behind: what the form lacks is entered there, and the files are sent again.
            if (entry.isListed() || entry.hasFiles() && nothingStored.errors().isEmpty()) {
                enter(() -> end(entry, result, run, Ending.of(nothingStored), nothingStored.sentence()), nothingStored.sentence());
            }
            return nothingStored;
        }
        ImportFault ended = ImportFault.after(fault, result.imported(), "post");
        enter(() -> {
            end(entry, result, run, Ending.of(ended.why()), ended.why().sentence());
            if (Ending.of(ended.why()) == Ending.STOPPED) {
                door.audit("posts.import_stopped", entry.title() + ": after " + ImportFault.count(result.imported(), "post"));
            } else {
                door.audit("posts.import_ended", entry.title() + ": " + ended.entry());
            }
        }, ended.entry());
        return ended.answer()
                .with("skipped", result.skipped()).with("rejected", result.rejected()).with("rejected_count", result.rejectedCount());
    }

    private void enterEnd(ImportResult result, ImportRun run, ImportEntry entry) {
        String added = result.imported() == 0 && result.corrected() > 0 ? "" : ImportFault.count(result.imported(), "post");
        String corrected = result.corrected() == 0 ? ""
                : added.isEmpty() ? ImportFault.count(result.corrected(), "post") : String.format(Locale.ROOT, " and corrected %,d", result.corrected());
        String stored = added + corrected + " from " + entry.title() + removed(result.removed());
        String broken = result.broken() == null ? null : result.broken().sentence();
        enter(() -> {
            end(entry, result, run, Ending.of(result), broken);
            boolean changed = result.imported() + result.corrected() + result.removed().all() > 0;
            if (broken != null && !changed) {
                door.audit("posts.import_ended", entry.title() + ": nothing in it was new. " + broken);
            } else if (changed) {
                door.audit(added.isEmpty() ? "posts.corrected" : "posts.imported", broken == null ? stored : stored + ". Not everything was read. " + broken);
            }
        }, stored);
    }

    private static String removed(Removed removed) {
        String kinds = Stream.of(counted(removed.deleted(), "deleted on X"), counted(removed.circlePosts(), "to a Twitter Circle"), counted(removed.reposts(), "reposted"))
                .flatMap(Optional::stream).collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "" : ". Removed here: " + kinds;
    }

    private static Optional<String> counted(long posts, String kind) {
        return posts == 0 ? Optional.empty() : Optional.of(String.format(Locale.ROOT, "%,d %s", posts, kind));
    }

    private void end(ImportEntry entry, ImportResult result, ImportRun run, Ending ending, @Nullable String reason) {
        if (entry.end(result, run.author().known(), ending, reason)) {
            past.announce(entry.id());
        }
        entry.settleOwner();
    }

    /** Enters an end for a person who may never have got the import's answer. */
    void enter(Runnable end, String how) {
        try {
            door.transaction(end);
            // In parts, and afterwards, because an archive can be large. What this cannot do, the agent does that counts them.
            published.takeUp();
        } catch (AccountGone e) {
            // Nobody is left to read it.
        } catch (DataAccessException e) {
            log.warn("The end of an import of tenant {} ({}) could not be entered in the audit", Tenant.current().id(), how, e);
        }
    }

    // Parses the query itself, because asking the request for a parameter can make the server read the body as a form.
    private static @Nullable String inAddress(HttpServletRequest request, String name) {
        String given = UriComponentsBuilder.newInstance().query(request.getQueryString()).build().getQueryParams().getFirst(name);
        if (given == null || given.isBlank()) {
            return null;
        }
        try {
            return StringUtils.uriDecode(given, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Failure.invalid(name, "The value of " + name + " cannot be read.");
        }
    }

    private static boolean isChosen(@Nullable String typed) {
        return switch (typed == null ? "" : typed.strip()) {
            case "", "false" -> false;
            case "true", "on" -> true;
            default -> throw Failure.invalid(COMMUNITY_POSTS, "Whether to import posts in communities must be true or false.");
        };
    }

    /** Returns whether the form was read to its end. */
    private static boolean readForm(HttpServletRequest request, ImportRun run, ImportEntry entry, UploadLimit meter, Consumer<String> typed) throws IOException {
        boolean found = false;
        boolean goesOn = true;
        FileItemInputIterator parts = new JakartaServletFileUpload<>().getItemIterator(request);
        for (int number = 1; goesOn && parts.hasNext(); number++) {
            if (number > MAX_PARTS) {
                throw Failure.invalid("body", "The upload has more than " + MAX_PARTS + " parts.");
            }
            FileItemInput part = parts.next();
            switch (String.valueOf(part.getFieldName())) {
                case "file" -> {
                    String name = fileName(part.getName());
                    entry.fileBegins(name);
                    goesOn = run.read(meter.on(part.getInputStream()), name);
                    found = true;
                }
                case "author" -> {
                    String given = text(part);
                    typed.accept(given);
                    if (!given.isBlank()) {
                        run.author().typed(PostAuthor.checked(given));
                    }
                }
                case COMMUNITY_POSTS -> run.withCommunityPosts(isChosen(text(part)));
                case "_csrf" -> {
                    // The page's CSRF token, checked before the request got here.
                }
                default -> throw Failure.unknownField(String.valueOf(part.getFieldName()));
            }
        }
        if (!found) {
            throw ImportFault.ofTheFile("Choose a file.");
        }
        return goesOn;
    }

    private static String text(FileItemInput part) throws IOException {
        return new String(part.getInputStream().readNBytes(MAX_FIELD_LENGTH), StandardCharsets.UTF_8);
    }

    /** A browser on another system may send the whole path. */
    private static String fileName(@Nullable String given) {
        String name = given == null ? "" : given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        String readable = StorableText.truncate(name.replaceAll(StorableText.INVISIBLE, " ").strip(), MAX_FILE_NAME);
        return readable.isEmpty() ? ImportEntry.UNNAMED : readable;
    }
}

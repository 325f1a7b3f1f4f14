package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Idempotent;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/tweets/cache")
@Tag(name = "Collected posts", description = "What was collected from accounts or imported")
class CollectedPostController {

    record CollectedPostList(List<CollectedPost> tweets) {}

    private final CollectedPosts posts;

    private final PostImport imports;

    CollectedPostController(CollectedPosts posts, PostImport imports) {
        this.posts = posts;
        this.imports = imports;
    }

    @GetMapping
    @Operation(summary = "Lists collected posts, the newest or those with the most engagement first", description = """
            `q` finds posts with all of its words, at most 20, in any order and letter case, with or without accents and punctuation, as the beginning \
            of a longer word (in scripts without spaces, anywhere in it) or with another ending. Words in quotes are found side by side, as they are.""")
    CollectedPostList list(
            Page page,
            @Parameter(description = "`unprocessed` or `processed`") @RequestParam(required = false) @Nullable String status,
            @Parameter(description = "A username, with or without @, a link to a profile, or words of the name of one of your accounts") @RequestParam(required = false) @Nullable String author,
            @Parameter(description = "`collected` or `imported`") @RequestParam(required = false) @Nullable String source,
            @Parameter(description = "Words of the text; see above") @RequestParam(required = false) @Nullable String q,
            @Parameter(description = "`newest` or `engagement`") @RequestParam(required = false) @Nullable String sort) {
        return new CollectedPostList(posts.list(PostFilter.of(status, author, q).from(PostFilter.source(source)), PostOrder.of(sort), page));
    }

    @Idempotent
    @PostMapping("/import")
    @Operation(summary = "Imports posts from a file", description = """
            Takes an X archive (the ZIP, or its tweets.js), CSV with a header line (id, text, created_at, author, likes, …), a JSON array or JSON lines; \
            what it is, is seen by its content. Send it as a form with `file` and perhaps `author`, or as the body with `author` in the address. \
            The author is needed where the file does not name one. A time without an offset is read as UTC. \
            The upload is read as a stream: what was read before a fault stays, and `broken` then says where it lies; the same file again adds nothing.""",
            requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(content = {
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = ImportForm.class)),
                @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))}))
    @Parameter(name = "author", in = ParameterIn.QUERY, schema = @Schema(type = "string"), description = "Whose posts they are, where the file does not say")
    ImportResult importPosts(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return imports.run(request);
    }

    record ImportForm(@Schema(type = "string", format = "binary") String file, @Nullable String author) {}
}

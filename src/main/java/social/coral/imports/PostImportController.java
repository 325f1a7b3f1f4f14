package social.coral.imports;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Idempotent;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/tweets/cache")
@Tag(name = "Imports", description = "A person's own earlier posts, from a file")
class PostImportController {

    record ImportForm(
            @Schema(type = "string", format = "binary") String file,
            @Nullable String author,
            @Nullable Boolean communityPosts) {}

    record ImportList(List<PastImport> imports) {}

    record Author(@Schema(example = "reefkeeper") @Nullable String author) {}

    private final PostImport imports;
    private final PastImports past;

    PostImportController(PostImport imports, PastImports past) {
        this.imports = imports;
        this.past = past;
    }

    @Idempotent
    @PostMapping("/import")
    @Operation(summary = "Imports posts from a file", description = """
            Takes an X archive (the ZIP, or its tweets.js), CSV with a header line (id, text, created_at, author, likes, …), a JSON array or JSON lines; \
            the content decides which it is. Send it as a form with `file` and perhaps `author`, or as the body with `author` in the address. \
            The author is needed where the file does not name one. A time without an offset is read as UTC. \
            Long posts are joined, links written out, and edited posts stored once; reposts, deleted posts and, without `community_posts`, posts in \
            communities are left out and counted; `removed` counts those that earlier imports had stored and this file shows to be of these kinds. \
            The upload is read as a stream: what was read before a fault stays, `broken` then says where the fault is, and `notes` what else to know; \
            the same file again adds nothing and corrects what was stored worse before.""",
            requestBody = @RequestBody(content = {
                @Content(mediaType = "multipart/form-data", schema = @Schema(implementation = ImportForm.class)),
                @Content(mediaType = "application/octet-stream", schema = @Schema(type = "string", format = "binary"))}))
    @Parameter(name = "author", in = ParameterIn.QUERY, schema = @Schema(type = "string"), description = "Whose posts they are, where the file does not say")
    @Parameter(name = "community_posts", in = ParameterIn.QUERY, schema = @Schema(type = "boolean"), description = "Whether posts in communities are imported too")
    ImportResult importPosts(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return imports.run(request);
    }

    @GetMapping("/imports")
    @Operation(summary = "Lists imports, the newest first")
    ImportList list(Page page) {
        return new ImportList(past.list(page));
    }

    @PatchMapping("/imports/{id}")
    @Operation(summary = "Changes the author of an import", description = """
            Changes those posts whose author the file does not name. If it names all of them, the answer is 409 `authors_named`.""")
    PastImport attribute(@PathVariable UUID id, @org.springframework.web.bind.annotation.RequestBody Author author) {
        return past.attribute(id, author.author());
    }

    @DeleteMapping("/imports/{id}")
    @Operation(summary = "Undoes an import", description = """
            Removes its posts, but those that were also collected from their account, which are then only collected, and those that \
            another import has as well: that one gets them. A large import is answered with 202: the rest of its posts \
            goes over the next minutes, and the list tells how many are removed so far.""")
    @ApiResponse(responseCode = "204", description = "It is gone")
    @ApiResponse(responseCode = "202", description = "It is being undone")
    ResponseEntity<Void> takeBack(@PathVariable UUID id) {
        return ResponseEntity.status(past.takeBack(id).done() ? HttpStatus.NO_CONTENT : HttpStatus.ACCEPTED).build();
    }
}

package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/tweets/cache")
@Tag(name = "Collected posts", description = "What was collected from accounts or imported")
class CollectedPostController {

    record CollectedPostList(List<CollectedPost> tweets) {}

    private final CollectedPosts posts;
    private final ForgottenPosts forgotten;

    CollectedPostController(CollectedPosts posts, ForgottenPosts forgotten) {
        this.posts = posts;
        this.forgotten = forgotten;
    }

    @GetMapping
    @Operation(summary = "Lists collected posts, the newest or those with the most engagement first", description = """
            `q` finds posts with all of its words, at most 20, in any order and letter case, with or without accents and punctuation, as the beginning \
            of a longer word (in scripts without spaces, anywhere in it) or with another ending. Words in quotes are found side by side, as they are. \
            As on X, `from:handle` names the author and `-word` leaves out the posts with that word.""")
    CollectedPostList list(
            Page page,
            @Parameter(description = "`unprocessed` or `processed`") @RequestParam(required = false) @Nullable String status,
            @Parameter(description = "A username, with or without @, a link to a profile, or words of the name of one of your accounts") @RequestParam(required = false) @Nullable String author,
            @Parameter(description = "`collected` or `imported`; a post that was both is found as either") @RequestParam(required = false) @Nullable String source,
            @Parameter(description = "The import that they came with, or that had them as well") @RequestParam(name = "import_id", required = false) @Nullable UUID importId,
            @Parameter(description = "Words of the text; see above") @RequestParam(required = false) @Nullable String q,
            @Parameter(description = "`newest` or `engagement`") @RequestParam(required = false) @Nullable String sort) {
        return new CollectedPostList(posts.list(PostFilter.of(status, author, q).from(PostFilter.source(source)).ofImport(importId), PostOrder.of(sort), page));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Forgets a post", description = """
            Removes it for good, whether it was collected or imported; nothing is deleted on X. Collecting from its author, or importing its file, may \
            bring it back.""")
    void forget(@PathVariable UUID id) {
        forgotten.forget(id);
    }

    @DeleteMapping("/authors/{author}")
    @Operation(summary = "Forgets all posts of an author", description = """
            Removes them for good, as above; at most 20,000 at once. Where `done` is false some are left, and the same request goes on with them.""")
    ForgottenPosts.Forgotten forgetAll(@Parameter(description = "A handle, with or without @") @PathVariable String author) {
        return forgotten.forgetAllBy(author);
    }
}

package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Page;

@RestController
@RequestMapping("/api/tweets/cache")
@Tag(name = "Collected posts", description = "What was collected from accounts or imported")
class CollectedPostController {

    record Many(List<CollectedPost> tweets) {}

    private final CollectedPosts posts;

    CollectedPostController(CollectedPosts posts) {
        this.posts = posts;
    }

    @GetMapping
    @Operation(summary = "List collected posts, the newest first")
    Many list(
            Page page,
            @Parameter(description = "`unprocessed` or `processed`") @RequestParam(required = false) @Nullable String status,
            @Parameter(description = "A username, with or without @") @RequestParam(required = false) @Nullable String author,
            @Parameter(description = "A piece of the text, letter case ignored") @RequestParam(required = false) @Nullable String q) {
        return new Many(posts.list(PostFilter.of(status, author, q), page));
    }
}

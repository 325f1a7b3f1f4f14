package social.coral.content;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import social.coral.api.Page;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/blogs")
@Tag(name = "Blog posts", description = "Blog posts that the tenant writes")
class BlogController extends TextController<Blog> {

    private static final String TITLE = "At most 200 characters";
    private static final String CONTENT = "Markdown of at most 40,000 characters";

    record NewBlogBody(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = TITLE) @Nullable String title,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = CONTENT) @Nullable String content) {}

    // Time and zone are nodes because null clears them and leaving them out does not.
    record BlogEdit(@Schema(description = TITLE) @Nullable String title,
            @Schema(description = CONTENT) @Nullable String content,
            @Nullable PostStatus status,
            @Schema(type = "string", format = "date-time", nullable = true, description = TIME + "; null clears it") @Nullable JsonNode scheduledFor,
            @Schema(type = "string", nullable = true, description = ZONE) @Nullable JsonNode timeZone,
            @Schema(format = "date-time", description = SEEN) @Nullable String seen) {}

    record OneBlog(Blog blog) {}

    record BlogList(List<Blog> blogs) {}

    record CritiqueList(List<Critique> critiques) {}

    private final Blogs blogs;
    private final Critiques critiques;

    BlogController(Blogs blogs, Critiques critiques) {
        super(blogs);
        this.blogs = blogs;
        this.critiques = critiques;
    }

    @GetMapping
    @Operation(summary = "Lists blog posts, the newest first", description = WORDS)
    BlogList list(Page page,
            @Parameter(schema = @Schema(implementation = PostStatus.class)) @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String q) {
        return new BlogList(listed(status, q, page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Writes a draft")
    OneBlog write(@RequestBody NewBlogBody body) {
        return new OneBlog(blogs.write(body.title(), body.content()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a blog post")
    OneBlog get(@PathVariable UUID id) {
        return new OneBlog(blogs.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes a blog post or moves it on", description = STEPS)
    OneBlog change(@PathVariable UUID id, @RequestBody BlogEdit body) {
        TextChange change = new TextChange(body.title(), one(body.content()), body.status(),
                clearable("scheduled_for", body.scheduledFor()), clearable("time_zone", body.timeZone()));
        return new OneBlog(blogs.change(id, change, seen(body.seen())));
    }

    @GetMapping("/{id}/critiques")
    @Operation(summary = "Shows how each version was judged, the newest first", description = "At most 50. Scores are from 0 to 100, by criterion. A judgement approves nothing.")
    CritiqueList critiques(@PathVariable UUID id) {
        return new CritiqueList(critiques.of(blogs.get(id).id()));
    }

    @PostMapping("/{id}/versions/{number}/restore")
    @Operation(summary = "Makes an earlier version the current one again", description = "This is a change as any other, and voids an approval.")
    OneBlog restore(@PathVariable UUID id, @PathVariable int number, @RequestBody(required = false) @Nullable Restoring body) {
        return new OneBlog(blogs.restore(id, number, seen(body == null ? null : body.seen())));
    }
}

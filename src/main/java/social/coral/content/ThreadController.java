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
@RequestMapping("/api/threads")
@Tag(name = "Threads", description = "Threads that the tenant writes")
class ThreadController extends TextController<TweetThread> {

    private static final String TITLE = "A name for your own use, of at most 200 characters; nobody else sees it";
    private static final String PARTS = "1 to 25 posts, together at most 50,000 characters";

    record PartBody(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = PostLimit.IN_WORDS) @Nullable String content) {}

    record NewTweetThreadBody(@Schema(description = TITLE) @Nullable String title,
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = PARTS) @Nullable List<@Nullable PartBody> parts) {}

    // Time and zone are nodes because null clears them and leaving them out does not.
    record TweetThreadEdit(@Schema(type = "string", nullable = true, description = TITLE + "; null clears it") @Nullable JsonNode title,
            @Schema(description = PARTS + ", which replace all that are there") @Nullable List<@Nullable PartBody> parts,
            @Nullable PostStatus status,
            @Schema(type = "string", format = "date-time", nullable = true, description = TIME + "; null clears it") @Nullable JsonNode scheduledFor,
            @Schema(type = "string", nullable = true, description = ZONE) @Nullable JsonNode timeZone,
            @Schema(format = "date-time", description = SEEN) @Nullable String seen) {}

    record OneTweetThread(TweetThread thread) {}

    record TweetThreadList(List<TweetThread> threads) {}

    private final TweetThreads threads;

    ThreadController(TweetThreads threads) {
        super(threads);
        this.threads = threads;
    }

    @GetMapping
    @Operation(summary = "Lists threads, the newest first", description = WORDS)
    TweetThreadList list(Page page,
            @Parameter(schema = @Schema(implementation = PostStatus.class)) @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String q) {
        return new TweetThreadList(listed(status, q, page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Writes a draft", description = "The `position` of the parts counts from 0.")
    OneTweetThread write(@RequestBody NewTweetThreadBody body) {
        return new OneTweetThread(threads.write(body.title(), parts(body.parts() == null ? List.of() : body.parts())));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a thread")
    OneTweetThread get(@PathVariable UUID id) {
        return new OneTweetThread(threads.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes a thread or moves it on", description = STEPS + """
             What is too long for X cannot leave the draft: 400 that names the part, such as `parts[2].content`.""")
    OneTweetThread change(@PathVariable UUID id, @RequestBody TweetThreadEdit body) {
        @Nullable List<String> parts = body.parts() == null ? null : parts(body.parts());
        TextChange change = new TextChange(clearable("title", body.title()), parts, body.status(),
                clearable("scheduled_for", body.scheduledFor()), clearable("time_zone", body.timeZone()));
        return new OneTweetThread(threads.change(id, change, seen(body.seen())));
    }

    @PostMapping("/{id}/versions/{number}/restore")
    @Operation(summary = "Makes an earlier version the present one again", description = "This is a change as any other, and voids an approval.")
    OneTweetThread restore(@PathVariable UUID id, @PathVariable int number, @RequestBody(required = false) @Nullable Restoring body) {
        return new OneTweetThread(threads.restore(id, number, seen(body == null ? null : body.seen())));
    }

    private static List<String> parts(List<@Nullable PartBody> given) {
        return given.stream().map(part -> part == null || part.content() == null ? "" : part.content()).toList();
    }
}

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
import social.coral.api.Failure;
import social.coral.api.Page;
import tools.jackson.databind.JsonNode;

@RestController
@RequestMapping("/api/tweets")
@Tag(name = "Posts", description = "What the tenant writes")
class TweetController extends TextController<Tweet> {

    record NewTweet(@Schema(requiredMode = Schema.RequiredMode.REQUIRED, description = PostLimit.IN_WORDS) @Nullable String content,
            @Schema(allowableValues = "draft") @Nullable String status,
            @Schema(format = "date-time", description = TIME) @Nullable String scheduledFor,
            @Schema(description = ZONE) @Nullable String timeZone) {}

    // Time and zone are nodes because null clears them and leaving them out does not.
    record TweetEdit(@Schema(description = PostLimit.IN_WORDS) @Nullable String content,
            @Nullable PostStatus status,
            @Schema(type = "string", format = "date-time", nullable = true, description = TIME + "; null clears it") @Nullable JsonNode scheduledFor,
            @Schema(type = "string", nullable = true, description = ZONE) @Nullable JsonNode timeZone,
            @Schema(format = "date-time", description = SEEN) @Nullable String seen) {}

    record OneTweet(Tweet tweet) {}

    record TweetList(List<Tweet> tweets) {}

    private final Tweets tweets;

    TweetController(Tweets tweets) {
        super(tweets);
        this.tweets = tweets;
    }

    @GetMapping
    @Operation(summary = "Lists posts, the newest first", description = WORDS)
    TweetList list(Page page,
            @Parameter(schema = @Schema(implementation = PostStatus.class)) @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable String q) {
        return new TweetList(listed(status, q, page));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(summary = "Writes a draft")
    OneTweet write(@RequestBody NewTweet body) {
        if (body.status() != null && PostStatus.of("status", body.status()) != PostStatus.DRAFT) {
            throw Failure.invalid("status", "The status of a new post must be draft.");
        }
        return new OneTweet(tweets.write(body.content(), body.scheduledFor(), body.timeZone()));
    }

    @GetMapping("/{id}")
    @Operation(summary = "Shows a post")
    OneTweet get(@PathVariable UUID id) {
        return new OneTweet(tweets.get(id));
    }

    @PatchMapping("/{id}")
    @Operation(summary = "Changes a post or moves it on", description = STEPS + """
             What is too long for X cannot leave the draft: 400.""")
    OneTweet change(@PathVariable UUID id, @RequestBody TweetEdit body) {
        TextChange change = new TextChange(null, one(body.content()), body.status(),
                clearable("scheduled_for", body.scheduledFor()), clearable("time_zone", body.timeZone()));
        return new OneTweet(tweets.change(id, change, seen(body.seen())));
    }

    @PostMapping("/{id}/versions/{number}/restore")
    @Operation(summary = "Makes an earlier version the present one again", description = "This is a change as any other, and voids an approval.")
    OneTweet restore(@PathVariable UUID id, @PathVariable int number, @RequestBody(required = false) @Nullable Restoring body) {
        return new OneTweet(tweets.restore(id, number, seen(body == null ? null : body.seen())));
    }
}
